package kubelet

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/migration-prep/migration-prep/sandbox/internal/process"
)

// exec runs a container once and returns its exit code. The container has a file system of its own, read-only but for what is
// mounted: this machine's programs and libraries, the image below /app, the volumes. It shares this machine's network.
func (p *pod) exec(container corev1.Container) int {
	script, err := p.layOut(container)
	if err != nil {
		p.note(container, err)
		return 128
	}
	output, err := p.openLog(container)
	if err != nil {
		p.note(container, err)
		return 128
	}
	defer output.Close()
	image := p.images[container.Name]
	command := container.Command
	if len(command) == 0 {
		command = image.Entrypoint
	}
	env := map[string]string{}
	for _, each := range p.env[container.Name] {
		key, value, _ := strings.Cut(each, "=")
		env[key] = value
	}
	arguments := []string{"--mount", "--propagation", "private", "--", "sh", "-ec", script, "sh"}
	if os.Geteuid() != 0 {
		arguments = append([]string{"--user", "--map-root-user"}, arguments...)
	}
	for _, each := range append(append([]string{}, command...), container.Args...) {
		text := expand(each, env)
		if port, taken := p.ports[text]; taken {
			text = port
		}
		arguments = append(arguments, text)
	}
	child := exec.Command("unshare", arguments...)
	child.Env, child.Stdout, child.Stderr = p.env[container.Name], output, output
	return p.wait(child, output)
}

// wait runs a child until it ends or the pod is deleted.
func (p *pod) wait(child *exec.Cmd, output *os.File) int {
	ended, err := process.Begin(child)
	if err != nil {
		fmt.Fprintln(output, err)
		return 128
	}
	select {
	case <-ended.Done():
		return exitCode(ended.Err())
	case <-p.ctx.Done():
		return exitCode(process.End(child, ended, p.kubelet.options.Pace.Of(graceTime)))
	}
}

// graceTime is between SIGTERM and SIGKILL, times the pace.
const graceTime = 30 * time.Second

func exitCode(err error) int {
	var failed *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &failed):
		if status, ok := failed.Sys().(syscall.WaitStatus); ok && status.Signaled() {
			return 128 + int(status.Signal())
		}
		return failed.ExitCode()
	}
	return 128
}

// machine are the files of /etc that programs expect.
var machine = []string{"passwd", "group", "resolv.conf", "nsswitch.conf", "ssl", "pki", "ca-certificates", "alternatives", "ld.so.cache", "localtime"}

// layOut makes the container's root and returns the script that mounts everything there and goes in.
func (p *pod) layOut(container corev1.Container) (string, error) {
	root := filepath.Join(p.dir, "roots", container.Name)
	if err := os.RemoveAll(root); err != nil {
		return "", err
	}
	lines := []string{"mount --bind " + quote(root) + " " + quote(root)}
	bind := func(source, target string, writable bool) error {
		inside := filepath.Join(root, target)
		info, err := os.Stat(source)
		if err != nil {
			return err
		}
		if info.IsDir() {
			err = os.MkdirAll(inside, 0o755)
		} else if err = os.MkdirAll(filepath.Dir(inside), 0o755); err == nil {
			err = os.WriteFile(inside, nil, 0o644)
		}
		lines = append(lines, "mount --rbind "+quote(source)+" "+quote(inside))
		if !writable {
			lines = append(lines, "mount -o remount,bind,ro "+quote(inside))
		}
		return err
	}
	if err := p.layMachine(root, bind); err != nil {
		return "", err
	}
	if err := bind(p.images[container.Name].Dir, "/app", false); err != nil {
		return "", err
	}
	for _, mount := range container.VolumeMounts {
		source := filepath.Join(p.volumes[mount.Name], mount.SubPath)
		// /var/run is /run in every image.
		target := strings.Replace(filepath.Clean(mount.MountPath), "/var/run", "/run", 1)
		if strings.HasPrefix(target, "/usr/") || strings.HasPrefix(target, "/app/") {
			return "", fmt.Errorf("the sandbox mounts nothing below %s", target)
		}
		emptyDir := false
		for _, volume := range p.object.Spec.Volumes {
			emptyDir = emptyDir || volume.Name == mount.Name && volume.EmptyDir != nil
		}
		if err := bind(source, target, emptyDir && !mount.ReadOnly); err != nil {
			return "", err
		}
	}
	dir := container.WorkingDir
	if dir == "" {
		dir = "/app"
	}
	user := "--userspec=" + p.user(container)
	if os.Geteuid() != 0 {
		// Without root there is only one other user to be: none.
		user = ""
	}
	lines = append(lines, "mount -o remount,bind,ro "+quote(root), "exec chroot "+user+" "+quote(root)+" env -C "+quote(dir)+` "$@"`)
	return strings.Join(lines, "\n"), nil
}

// layMachine lends the container this machine's programs, devices and libraries.
func (p *pod) layMachine(root string, bind func(source, target string, writable bool) error) error {
	for _, name := range []string{"etc", "run", "var", "home"} {
		if err := os.MkdirAll(filepath.Join(root, name), 0o755); err != nil {
			return err
		}
	}
	if err := os.Symlink("../run", filepath.Join(root, "var", "run")); err != nil {
		return err
	}
	for _, name := range []string{"usr", "bin", "sbin", "lib", "lib64", "proc", "dev"} {
		path := "/" + name
		info, err := os.Lstat(path)
		if err != nil {
			continue
		}
		if info.Mode()&os.ModeSymlink != 0 {
			to, err := os.Readlink(path)
			if err == nil {
				err = os.Symlink(to, filepath.Join(root, name))
			}
			if err != nil {
				return err
			}
			continue
		}
		if err := bind(path, path, name == "proc" || name == "dev"); err != nil {
			return err
		}
	}
	if err := bind(p.hosts(), "/etc/hosts", false); err != nil {
		return err
	}
	for _, name := range machine {
		if _, err := os.Stat("/etc/" + name); err == nil {
			if err := bind("/etc/"+name, "/etc/"+name, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// user of a container: the one it asks for, or like OpenShift one that nobody has.
func (p *pod) user(container corev1.Container) string {
	user := int64(containerUser)
	if context := p.object.Spec.SecurityContext; context != nil && context.RunAsUser != nil {
		user = *context.RunAsUser
	}
	if context := container.SecurityContext; context != nil && context.RunAsUser != nil {
		user = *context.RunAsUser
	}
	return fmt.Sprintf("+%d:+%d", user, containerGroup)
}

func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// probe calls the pod ready once every readiness probe by HTTP succeeded; after that it does not look again.
func (p *pod) probe() {
	client := &http.Client{Timeout: time.Second, Transport: &http.Transport{
		// As the kubelet: a probe verifies no certificate.
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
	}}
	defer client.CloseIdleConnections()
	for _, container := range p.object.Spec.Containers {
		if container.ReadinessProbe == nil || container.ReadinessProbe.HTTPGet == nil {
			continue
		}
		get := container.ReadinessProbe.HTTPGet
		port := get.Port.String()
		for _, each := range container.Ports {
			if each.Name == port {
				port = fmt.Sprint(each.ContainerPort)
			}
		}
		if free, taken := p.ports[port]; taken {
			port = free
		}
		scheme := strings.ToLower(string(get.Scheme))
		if scheme == "" {
			scheme = "http"
		}
		address := url.URL{Scheme: scheme, Host: net.JoinHostPort("127.0.0.1", port), Path: get.Path}
		for !answers(client, address.String()) {
			select {
			case <-p.ctx.Done():
				return
			case <-time.After(200 * time.Millisecond):
			}
		}
	}
	if !ready(&corev1.Pod{Status: p.startingStatus()}) {
		_ = p.kubelet.setStatus(p.ctx, p.object, runningStatus(p.object))
	}
}

func answers(client *http.Client, address string) bool {
	answer, err := client.Get(address)
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode < http.StatusBadRequest
}

func hostAndPort(address string) (host, port string) {
	parsed, err := url.Parse(address)
	if err != nil {
		return "", ""
	}
	return parsed.Hostname(), parsed.Port()
}
