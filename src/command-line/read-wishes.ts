import { Ajv } from 'ajv';
import { checkPreparation } from '../domain/check-preparation';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import { plainEnglish } from '../domain/translate';
import { wishesOf } from '../domain/wishes';
import type { Wishes, WishesFile } from '../domain/wishes';
import { sentencesOf } from './schema-problems';
import { wishesSchema } from './wishes-schema';

/**
 * Wishes from what a YAML or JSON file holds; or everything that is wrong in it, a sentence each, which says where and what would be right. An
 * empty file wishes nothing.
 */
export const readWishes = (content: unknown): Result<Wishes, readonly string[]> => {
  const ajv = new Ajv({ allErrors: true, verbose: true, useDefaults: true, allowUnionTypes: true });
  const isRight = ajv.addKeyword('x-allowed').compile<WishesFile>(wishesSchema);
  // What is left out is filled in, in each place by itself: aliases of YAML are one object in several.
  const file: unknown = JSON.parse(JSON.stringify(content ?? {}));
  if (!isRight(file)) return err(sentencesOf(isRight.errors ?? [], file));
  const wishes = wishesOf(file);
  const contradictions = checkPreparation(wishes.preparation).map(
    ({ path, text }) => `prepare.${path}: ${text(plainEnglish)}`,
  );
  return contradictions.length === 0 ? ok(wishes) : err(contradictions);
};
