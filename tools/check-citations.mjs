// Resolves what comments and documents cite: files of this repository, their sections (§4, §4.1, "Title"), links of Markdown, and the
// table of the recorded answers. What is cited has to be here, so that a stranger can check it. node tools/check-citations.mjs
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import process from 'node:process';

const isText = /\.(ts|tsx|mjs|cjs|js|go|mod|ya?ml|md|sh|tpl|tf|txt|json|gotmpl)$|(^|\/)(Makefile|Containerfile)$/;
/** Data, and this file's own examples. */
const isLeftOut = /^tools\/check-citations\.mjs$|^locales\/|^package-lock\.json$|^sandbox\/recorded\/.*\.json$/;
/** Only these may look at the published CRDs, which lie beside the project or not at all. */
const maySeePublished = new Set([
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'integration-tests/published-crds.spec.ts',
  'sandbox/internal/crd/fields_test.go',
  'sandbox/recorded/README.md',
  'tools/crd-fields.sh',
]);

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
const files = listed.split('\n').filter((path) => isText.test(path) && !isLeftOut.test(path) && existsSync(path));
if (files.length < 100) throw new Error('Hardly any files were looked at.');

const problems = [];
const note = (path, text, at, problem) => problems.push(`${path}:${text.slice(0, at).split('\n').length} ${problem}`);

/** A citation may go on in the next line of a comment: line breaks and marks of comments count as blanks. Places stay where they are. */
const unwrapped = (text) => text.replace(/\n[ \t]*(?:\/\/+|\*(?!\*)|#+(?= ))?[ \t]*/g, (all) => ' '.repeat(all.length));

const sectionsOf = new Map();
/** What can be cited of a document: numbers and titles of its headings, and the bold words that a paragraph begins with. */
const sections = (path) => {
  if (!sectionsOf.has(path)) {
    const text = readFileSync(path, 'utf8');
    const headings = [...text.matchAll(/^#+ +(.+)$/gm)].map(([, title]) => title.trim());
    const numbered = headings.map((title) => /^(\d+(?:\.\d+)*)\.? +(.*)$/.exec(title)).filter(Boolean);
    const titles = [
      ...headings,
      ...numbered.map(([, , title]) => title),
      ...[...text.matchAll(/^\*\*(.+?)\*\*/gm)].map(([, title]) => title),
    ];
    sectionsOf.set(path, {
      numbers: new Set(numbered.map(([, number]) => number)),
      titles: new Set(titles.map((title) => title.replace(/[.:]$/, ''))),
      anchors: new Set(
        headings.map((title) =>
          title
            .toLowerCase()
            .replace(/[^\p{L}\p{N} _-]/gu, '')
            .replaceAll(' ', '-'),
        ),
      ),
    });
  }
  return sectionsOf.get(path);
};

/** Where a cited document is: below the root, or beside the file that cites it. */
const found = (cited, from) => [cited, normalize(join(dirname(from), cited))].find((path) => existsSync(path));
const isThere = (cited) => {
  const fixed = cited.split(/[*{<…]|NAME|NAMESPACE|FOLDER/)[0];
  return existsSync(fixed) || (fixed !== cited && existsSync(dirname(fixed)));
};

const checkPaths = (path, text) => {
  const roots = path.endsWith('.md')
    ? 'docs|sandbox|src|tools|charts|install|images|integration-tests'
    : 'docs|sandbox/recorded';
  const mentions = new RegExp(`(?<![\\w./@:-])(?:${roots})/[\\w./*{},<>…-]+`, 'g');
  for (const { 0: mention, index } of text.matchAll(mentions)) {
    const cited = mention.replace(/[.,/…]+$/, '');
    if (!isThere(cited)) note(path, text, index, `mentions ${cited}, which does not exist`);
  }
};

const checkSections = (path, text) => {
  const flat = unwrapped(text);
  const isCited = new Set();
  // The document, then what of it: §1, §5, §7; or , "Title"; or both.
  const citations = /([\w./-]+\.md)((?:,?\s+(?:and\s+)?§\d+(?:\.\d+)*)*)((?:,\s+"[^"]+")*)/g;
  for (const { 0: citation, 1: cited, 2: numbers, 3: titles, index } of flat.matchAll(citations)) {
    if (numbers === '' && titles === '' && !/^(ARCHITECTURE|CONTRIBUTING|SECURITY)\.md$|^docs\//.test(cited)) continue;
    const document = found(cited, path);
    for (const { index: at } of citation.matchAll(/§/g)) isCited.add(index + at);
    if (document === undefined) {
      note(path, text, index, `cites ${cited}, which does not exist`);
      continue;
    }
    for (const [, number] of numbers.matchAll(/§([\d.]+)/g)) {
      if (!sections(document).numbers.has(number))
        note(path, text, index, `cites ${cited} §${number}: there is no such section`);
    }
    for (const [, title] of titles.matchAll(/"([^"]+)"/g)) {
      const wanted = title.replace(/\s+/g, ' ').replace(/[.,:]$/, '');
      if (!sections(document).titles.has(wanted))
        note(path, text, index, `cites ${cited}, "${wanted}": there is no such section`);
    }
  }
  for (const { 0: sign, index, 1: number } of flat.matchAll(/(?<!RFC \d+,? )§\s?(\d+(?:\.\d+)*)/g)) {
    if (isCited.has(index)) continue;
    if (!path.endsWith('.md')) note(path, text, index, `cites ${sign} without the document that has it`);
    else if (!sections(path).numbers.has(number))
      note(path, text, index, `cites ${sign} of itself: there is no such section`);
  }
};

const checkOutside = (path, text) => {
  for (const { 0: cited, index } of text.matchAll(/(?:\.\.\/)+\w[\w.-]*(?:\/[\w.-]+)*/g)) {
    const isPublished = /^(\.\.\/)+shared\/crds(\/|$)/.test(cited) && maySeePublished.has(path);
    const isOutside = cited.startsWith('../shared') || normalize(join(dirname(path), cited)).startsWith('..');
    // A generator writes paths as seen from what it writes; a test of archives has an entry that leaves its folder.
    const isElsewhere = existsSync(cited.replace(/^(\.\.\/)+/, '')) || cited.endsWith('/etc/passwd');
    if (isOutside && !isPublished && !isElsewhere)
      note(path, text, index, `cites ${cited}, which is outside of the repository`);
  }
  for (const { 0: cited, index } of text.matchAll(
    /(?<![\w./-])(?:facts|recorded|reports|crds)\/[\w-]+\.(?:md|json|ya?ml)|\bdesign(?:\.md)?,? §\d+/g,
  )) {
    note(path, text, index, `cites ${cited}, which is not in the repository`);
  }
};

const checkLinks = (path, text) => {
  for (const { 1: target, index } of text.matchAll(/\]\((?![a-z]+:)([^)\s]+)\)/g)) {
    const [file, anchor] = target.split('#');
    const linked = file === '' ? path : normalize(join(dirname(path), file));
    if (!existsSync(linked)) note(path, text, index, `links to ${target}, which does not exist`);
    else if (anchor !== undefined && statSync(linked).isFile() && !sections(linked).anchors.has(anchor)) {
      note(path, text, index, `links to ${target}: there is no such heading`);
    }
  }
};

/** The table of the recorded answers names each file of its folder, and no other. */
const checkRecorded = (folder) => {
  const readme = `${folder}/README.md`;
  const text = readFileSync(readme, 'utf8');
  const named = new Set([...text.matchAll(/^\| `([\w.-]+\.json)` \|/gm)].map(([, name]) => name));
  const present = readdirSync(folder).filter((name) => name.endsWith('.json'));
  if (named.size === 0) throw new Error(`${readme} names no file.`);
  for (const name of named) if (!present.includes(name)) problems.push(`${readme} names ${name}, which is missing`);
  for (const name of present)
    if (!named.has(name)) problems.push(`${folder}/${basename(name)} is not in the table of its README`);
};

for (const path of files) {
  const text = readFileSync(path, 'utf8');
  checkPaths(path, text);
  checkSections(path, text);
  checkOutside(path, text);
  if (path.endsWith('.md')) checkLinks(path, text);
}
checkRecorded('sandbox/recorded');
if (problems.length > 0) {
  process.stdout.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
}
