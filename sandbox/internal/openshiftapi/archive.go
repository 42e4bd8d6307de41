package openshiftapi

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// tree is a folder with everything below it: clean relative path → what lies there. Contents are not kept, so memory depends on
// the number of files only.
type tree map[string]*node

// node is a file, a folder or a symbolic link.
type node struct {
	mode   fs.FileMode
	size   int64
	digest [sha256.Size]byte
	link   string
	// text is the content, kept of the Dockerfile only.
	text []byte
	// inside is what an archive holds, for ADD unpacks it.
	inside tree
}

// textLimit is OpenShift's limit for an inline Dockerfile.
const textLimit = 60 * 1000

// errFormat is how bsdtar's refusal arrives in the log of a build.
var errFormat = errors.New("unable to extract binary build input, must be a zip, tar, or gzipped tar, or specified as a file: exit status 1")

// untar reads an archive, plain or compressed, as `bsdtar -x` would unpack it; of the file keep the text is kept. Zip files, which
// bsdtar would unpack too, are refused. Nothing at all is an empty archive.
func untar(r io.Reader, keep string) (tree, error) {
	files, err := list(r, keep, true)
	if err != nil {
		return nil, errFormat
	}
	return files, nil
}

func list(r io.Reader, keep string, nested bool) (tree, error) {
	plain, err := decompress(r)
	if err != nil {
		return nil, err
	}
	files := tree{}
	archive := tar.NewReader(plain)
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if header.Typeflag == tar.TypeXGlobalHeader {
			continue
		}
		if err := files.add(header, archive, keep, nested); err != nil {
			return nil, err
		}
	}
}

func (t tree) add(header *tar.Header, content io.Reader, keep string, nested bool) error {
	if strings.Contains("/"+header.Name+"/", "/../") {
		return fmt.Errorf("%s: Path contains '..'", header.Name)
	}
	name := clean(header.Name)
	if name == "" {
		return nil
	}
	for parent := path.Dir(name); parent != "."; parent = path.Dir(parent) {
		switch above := t[parent]; {
		case above == nil:
			t[parent] = &node{mode: fs.ModeDir | 0o755}
		case !above.mode.IsDir():
			return fmt.Errorf("%s: Cannot extract through %s", header.Name, parent)
		}
	}
	info := header.FileInfo()
	switch header.Typeflag {
	case tar.TypeDir:
		t[name] = &node{mode: info.Mode()}
	case tar.TypeSymlink:
		t[name] = &node{mode: info.Mode(), link: header.Linkname}
	case tar.TypeLink:
		target := t[clean(header.Linkname)]
		if target == nil {
			return fmt.Errorf("%s: Hard-link target '%s' does not exist.", header.Name, header.Linkname)
		}
		t[name] = target
	case tar.TypeReg:
		file, err := read(content, name == keep, nested)
		if err != nil {
			return err
		}
		file.mode = info.Mode()
		t[name] = file
	}
	return nil
}

// readFile reads a file that came by itself.
func readFile(r io.Reader, keep bool) (*node, error) {
	file, err := read(r, keep, true)
	if err != nil {
		return nil, err
	}
	file.mode = 0o664
	return file, nil
}

// read measures a file and looks into it where it is an archive.
func read(r io.Reader, keep, nested bool) (*node, error) {
	file := &node{}
	hash := sha256.New()
	size := &counter{}
	var text bytes.Buffer
	copies := []io.Writer{hash, size}
	if keep {
		copies = append(copies, &text)
		r = io.LimitReader(r, textLimit)
	}
	content := bufio.NewReaderSize(io.TeeReader(r, io.MultiWriter(copies...)), 1024)
	if nested && packed(content) {
		// What can't be read as an archive is a file like any other.
		if inside, err := list(content, "", false); err == nil {
			file.inside = inside
		}
	}
	if _, err := io.Copy(io.Discard, content); err != nil {
		return nil, err
	}
	file.size, file.digest, file.text = size.bytes, [sha256.Size]byte(hash.Sum(nil)), text.Bytes()
	return file, nil
}

type counter struct{ bytes int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.bytes += int64(len(p))
	return len(p), nil
}

var gzipped, bzipped = []byte{0x1f, 0x8b}, []byte("BZh")

// packed says whether a file begins as an archive does.
func packed(content *bufio.Reader) bool {
	start, _ := content.Peek(512)
	return bytes.HasPrefix(start, gzipped) || bytes.HasPrefix(start, bzipped) || len(start) == 512 && bytes.Equal(start[257:262], []byte("ustar"))
}

func decompress(r io.Reader) (io.Reader, error) {
	content := bufio.NewReader(r)
	start, err := content.Peek(3)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, err
	case bytes.HasPrefix(start, gzipped):
		return gzip.NewReader(content)
	case bytes.HasPrefix(start, bzipped):
		return bzip2.NewReader(content), nil
	}
	return content, nil
}

// clean makes a path relative to the tree's root; the root itself is empty.
func clean(name string) string {
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}
