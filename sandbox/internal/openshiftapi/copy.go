package openshiftapi

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// contextFolder is where OpenShift's builder keeps what was uploaded; errors name it.
const contextFolder = "/tmp/build/inputs"

// copying is a COPY or ADD instruction.
type copying struct {
	sources []string
	to      string
	chmod   string
	// unpack is true for ADD, which unpacks archives.
	unpack bool
}

// apply copies from the build's context into an image as buildah does (containers/buildah, add.go), with its sentences.
func (c copying) apply(context, image tree, workdir string) error {
	matched, err := c.match(context)
	if err != nil {
		return err
	}
	mode, err := c.mode()
	if err != nil {
		return err
	}
	to := c.to
	if !path.IsAbs(to) {
		to = workdir + "/" + to
	}
	into := strings.HasSuffix(c.to, "/") || clean(to) == "" || image[clean(to)] != nil && image[clean(to)].mode.IsDir()
	if len(matched) > 1 && !into {
		return fmt.Errorf("adding multiple items to non-directory %q", c.to)
	}
	for _, name := range matched {
		source := context[name]
		switch {
		case name == "" || source.mode.IsDir():
			image.graft(context.below(name), clean(to), mode)
		case c.unpack && source.inside != nil:
			image.graft(source.inside, clean(to), mode)
		case into:
			image.graft(tree{path.Base(name): source}, clean(to), mode)
		default:
			image.graft(tree{path.Base(to): source}, clean(path.Dir(to)), mode)
		}
	}
	return nil
}

// match finds what the sources name; each must name something.
func (c copying) match(context tree) ([]string, error) {
	var all []string
	for _, source := range c.sources {
		pattern := clean(source)
		if !strings.ContainsAny(pattern, `*?[\`) {
			if pattern != "" && context[pattern] == nil {
				return nil, fmt.Errorf("checking on sources under %q: copier: stat: %q: %w", contextFolder, "/"+pattern, syscall.ENOENT)
			}
			all = append(all, pattern)
			continue
		}
		var found []string
		for name := range context {
			if ok, err := path.Match(pattern, name); err != nil {
				return nil, fmt.Errorf("checking on sources under %q: copier: stat: %q: %w", contextFolder, "/"+pattern, err)
			} else if ok {
				found = append(found, name)
			}
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("checking source under %q: no glob matches: %w", contextFolder, syscall.ENOENT)
		}
		slices.Sort(found)
		all = append(all, found...)
	}
	return all, nil
}

// mode is what --chmod says. Buildah knows octal numbers only.
func (c copying) mode() (*fs.FileMode, error) {
	if c.chmod == "" {
		return nil, nil
	}
	number, err := strconv.ParseUint(c.chmod, 8, 32)
	if err != nil {
		return nil, fmt.Errorf("parsing chmod %q: %w", c.chmod, err)
	}
	mode := fs.FileMode(number) & fs.ModePerm
	return &mode, nil
}

// below is the content of one folder.
func (t tree) below(folder string) tree {
	if folder == "" {
		return maps.Clone(t)
	}
	content := tree{}
	for name, each := range t {
		if rest, ok := strings.CutPrefix(name, folder+"/"); ok {
			content[rest] = each
		}
	}
	return content
}

// graft puts content into a folder, which is made with its parents where it is missing.
func (t tree) graft(content tree, folder string, mode *fs.FileMode) {
	for at := folder; at != "" && at != "."; at = path.Dir(at) {
		if t[at] == nil {
			made := &node{mode: fs.ModeDir | 0o755}
			if mode != nil && at == folder {
				made.mode = fs.ModeDir | *mode
			}
			t[at] = made
		}
	}
	for name, each := range content {
		copied := *each
		if mode != nil && copied.mode&fs.ModeSymlink == 0 {
			copied.mode = copied.mode&^fs.ModePerm | *mode
		}
		t[clean(folder+"/"+name)] = &copied
	}
}
