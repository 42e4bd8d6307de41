package openshiftapi

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	buildv1 "github.com/openshift/api/build/v1"
)

type entry struct {
	name, content, link string
	kind                byte
}

// packed is a tar; a folder ends with "/".
func packedTar(t *testing.T, entries ...entry) []byte {
	t.Helper()
	var out bytes.Buffer
	files := tar.NewWriter(&out)
	for _, each := range entries {
		header := &tar.Header{Name: each.name, Linkname: each.link, Mode: 0o644, Size: int64(len(each.content)), Typeflag: tar.TypeReg}
		if strings.HasSuffix(each.name, "/") {
			header.Typeflag = tar.TypeDir
		}
		if each.kind != 0 {
			header.Typeflag = each.kind
		}
		if err := files.WriteHeader(header); err != nil {
			t.Fatal(err)
		}
		if _, err := files.Write([]byte(each.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := files.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func zipped(t *testing.T, content []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(content)
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func listed(t tree) string {
	return strings.Join(slices.Sorted(maps.Keys(t)), " ")
}

func TestUntar(t *testing.T) {
	lib := entry{name: "./d/lib64/lib.so.8.0", content: "x"}
	soft := entry{name: "d/l", link: "lib64", kind: tar.TypeSymlink}
	hard := entry{name: "d/h", link: "d/lib64/lib.so.8.0", kind: tar.TypeLink}
	for name, test := range map[string]struct {
		archive []byte
		names   string
		refused bool
	}{
		"plain":                  {archive: packedTar(t, lib), names: "d d/lib64 d/lib64/lib.so.8.0"},
		"gzip":                   {archive: zipped(t, packedTar(t, lib)), names: "d d/lib64 d/lib64/lib.so.8.0"},
		"absolute names":         {archive: packedTar(t, entry{name: "/etc/x"}), names: "etc etc/x"},
		"links":                  {archive: packedTar(t, lib, soft, hard), names: "d d/h d/l d/lib64 d/lib64/lib.so.8.0"},
		"nothing":                {names: ""},
		"two dots":               {archive: packedTar(t, entry{name: "a/../../x"}), refused: true},
		"through a link":         {archive: packedTar(t, entry{name: "l", link: "/etc", kind: tar.TypeSymlink}, entry{name: "l/x"}), refused: true},
		"a hard link to nothing": {archive: packedTar(t, entry{name: "h", link: "x", kind: tar.TypeLink}), refused: true},
		"text":                   {archive: []byte(strings.Repeat("no archive ", 100)), refused: true},
		"half of it":             {archive: zipped(t, packedTar(t, lib))[:60], refused: true},
	} {
		t.Run(name, func(t *testing.T) {
			files, err := untar(bytes.NewReader(test.archive), "")
			if (err != nil) != test.refused || listed(files) != test.names {
				t.Errorf("%q, %v", listed(files), err)
			}
		})
	}
}

// zeros never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestUntarNeedsNoMemoryForContents(t *testing.T) {
	const size = 512 << 20
	read, write := io.Pipe()
	go func() {
		files := tar.NewWriter(write)
		_ = files.WriteHeader(&tar.Header{Name: "big", Size: size, Mode: 0o644})
		_, _ = io.CopyN(files, zeros{}, size)
		_ = write.CloseWithError(files.Close())
	}()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	files, err := untar(read, "")
	runtime.ReadMemStats(&after)
	if err != nil || files["big"].size != size {
		t.Fatalf("%+v %v", files["big"], err)
	}
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 8 {
		t.Errorf("%d MiB were allocated for a file of 512 MiB", used)
	}
}

func TestDockerfile(t *testing.T) {
	context, err := untar(bytes.NewReader(packedTar(t,
		entry{name: "d/lib64/lib.so", content: "x"}, entry{name: "d/README"}, entry{name: "a.txt", content: "a"}, entry{name: "b.txt"},
		entry{name: "inner.tar", content: string(packedTar(t, entry{name: "in/side"}))},
	)), "")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		steps string
		// has are files that must be in the image, lacks those that must not; says is the failure.
		has, lacks []string
		says       string
	}{
		"a folder's content, not the folder": {steps: "COPY d /opt/d", has: []string{"opt/d/lib64/lib.so"}, lacks: []string{"opt/d/d"}},
		"everything":                         {steps: "COPY . /all", has: []string{"all/a.txt", "all/d/README"}},
		"a file to a name":                   {steps: "COPY a.txt /x/renamed", has: []string{"x/renamed"}},
		"a file into a folder that is there": {steps: "COPY a.txt /opt", has: []string{"opt/a.txt"}},
		"several by pattern":                 {steps: "COPY *.txt /texts/", has: []string{"texts/a.txt", "texts/b.txt"}},
		"relative to the working folder":     {steps: "WORKDIR /srv/x\nCOPY a.txt y/", has: []string{"srv/x/y/a.txt"}},
		"a name from an argument":            {steps: "ARG WHAT=a\nCOPY $WHAT.txt /x/", has: []string{"x/a.txt"}},
		"ADD unpacks":                        {steps: "ADD inner.tar /x/", has: []string{"x/in/side"}, lacks: []string{"x/inner.tar"}},
		"COPY does not":                      {steps: "COPY inner.tar /x/", has: []string{"x/inner.tar"}, lacks: []string{"x/in/side"}},
		"nothing of that name":               {steps: "COPY e /x", says: `checking on sources under "/tmp/build/inputs": copier: stat: "/e": no such file or directory`},
		"no escape":                          {steps: "COPY ../../etc /x", says: `copier: stat: "/etc"`},
		"no match":                           {steps: "COPY *.zip /x/", says: "no glob matches"},
		"several to one name":                {steps: "COPY *.txt /x", says: "non-directory"},
		"a mode in words":                    {steps: "COPY --chmod=a+rX d /x", says: `parsing chmod "a+rX"`},
		"nothing is run":                     {steps: "RUN true", says: "the sandbox runs nothing: RUN"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := readRecipe("FROM registry.access.redhat.com/ubi9\n"+test.steps, &buildv1.Build{})
			if err != nil {
				t.Fatal(err)
			}
			c := fromBase()
			for _, each := range r.steps {
				if err = c.step(r, each, context); err != nil {
					break
				}
			}
			if test.says == "" && err != nil || test.says != "" && (err == nil || !strings.Contains(err.Error(), test.says)) {
				t.Fatalf("failure %v", err)
			}
			for _, each := range test.has {
				if c.files[each] == nil {
					t.Errorf("%s is missing in %s", each, listed(c.files))
				}
			}
			for _, each := range test.lacks {
				if c.files[each] != nil {
					t.Errorf("%s is in the image", each)
				}
			}
		})
	}
}

func TestModesAndDigests(t *testing.T) {
	files := func(content string) tree {
		context, err := untar(bytes.NewReader(packedTar(t, entry{name: "d/f", content: content}, entry{name: "d/l", link: "f", kind: tar.TypeSymlink})), "")
		if err != nil {
			t.Fatal(err)
		}
		c := fromBase()
		if err := (copying{sources: []string{"d"}, to: "/x", chmod: "0755"}).apply(context, c.files, ""); err != nil {
			t.Fatal(err)
		}
		return c.files
	}
	one := files("1")
	if one["x/f"].mode.Perm() != 0o755 || one["x"].mode.Perm() != 0o755 || one["x/l"].link != "f" {
		t.Errorf("%+v %+v", one["x/f"], one["x/l"])
	}
	if one.layer() != files("1").layer() || one.layer() == files("2").layer() {
		t.Error("the digest of a layer does not follow its content")
	}
}
