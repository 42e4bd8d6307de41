package kubelet

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	authenticationv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// fill writes a volume's files.
func (p *pod) fill(ctx context.Context, dir string, volume corev1.Volume) error {
	switch source := volume.VolumeSource; {
	case source.EmptyDir != nil:
		return os.Chmod(dir, 0o777)
	case source.ConfigMap != nil:
		return p.fillConfigMap(ctx, dir, source.ConfigMap.Name, source.ConfigMap.Items, source.ConfigMap.Optional)
	case source.Secret != nil:
		return p.fillSecret(ctx, dir, source.Secret.SecretName, source.Secret.Items, source.Secret.Optional)
	case source.DownwardAPI != nil:
		return p.fillDownward(dir, source.DownwardAPI.Items)
	case source.PersistentVolumeClaim != nil:
		return p.kubelet.claim(ctx, p.object.Namespace, source.PersistentVolumeClaim.ClaimName)
	case source.Projected != nil:
		for _, part := range source.Projected.Sources {
			if err := p.fillProjected(ctx, dir, part); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("the sandbox has no volumes of this kind")
}

func (p *pod) fillProjected(ctx context.Context, dir string, part corev1.VolumeProjection) error {
	switch {
	case part.ConfigMap != nil:
		return p.fillConfigMap(ctx, dir, part.ConfigMap.Name, part.ConfigMap.Items, part.ConfigMap.Optional)
	case part.Secret != nil:
		return p.fillSecret(ctx, dir, part.Secret.Name, part.Secret.Items, part.Secret.Optional)
	case part.DownwardAPI != nil:
		return p.fillDownward(dir, part.DownwardAPI.Items)
	case part.ServiceAccountToken != nil:
		token, err := p.token(ctx, part.ServiceAccountToken)
		if err != nil {
			return err
		}
		if authority := p.kubelet.options.ServiceCA; authority != nil {
			if err := writeFile(dir, "service-ca.crt", authority); err != nil {
				return err
			}
		}
		return writeFile(dir, part.ServiceAccountToken.Path, []byte(token))
	}
	return fmt.Errorf("the sandbox projects no volumes of this kind")
}

// token asks for a token bound to the pod: it ends with the pod.
func (p *pod) token(ctx context.Context, wanted *corev1.ServiceAccountTokenProjection) (string, error) {
	request := &authenticationv1.TokenRequest{Spec: authenticationv1.TokenRequestSpec{
		ExpirationSeconds: wanted.ExpirationSeconds,
		BoundObjectRef:    &authenticationv1.BoundObjectReference{APIVersion: "v1", Kind: "Pod", Name: p.object.Name, UID: p.object.UID},
	}}
	if wanted.Audience != "" {
		request.Spec.Audiences = []string{wanted.Audience}
	}
	accounts := p.kubelet.core.CoreV1().ServiceAccounts(p.object.Namespace)
	answer, err := accounts.CreateToken(ctx, p.object.Spec.ServiceAccountName, request, metav1.CreateOptions{})
	if err != nil {
		return "", err
	}
	return answer.Status.Token, nil
}

func (p *pod) fillConfigMap(ctx context.Context, dir, name string, items []corev1.KeyToPath, optional *bool) error {
	object, err := p.kubelet.core.CoreV1().ConfigMaps(p.object.Namespace).Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return unless(optional, err)
	}
	data := map[string][]byte{}
	for key, value := range object.Data {
		data[key] = []byte(value)
	}
	for key, value := range object.BinaryData {
		data[key] = value
	}
	return writeKeys(dir, data, items, optional)
}

func (p *pod) fillSecret(ctx context.Context, dir, name string, items []corev1.KeyToPath, optional *bool) error {
	object, err := p.kubelet.core.CoreV1().Secrets(p.object.Namespace).Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return unless(optional, err)
	}
	return writeKeys(dir, object.Data, items, optional)
}

func (p *pod) fillDownward(dir string, items []corev1.DownwardAPIVolumeFile) error {
	for _, item := range items {
		value, err := p.field(item.FieldRef)
		if err != nil {
			return err
		}
		if err := writeFile(dir, item.Path, []byte(value)); err != nil {
			return err
		}
	}
	return nil
}

// field is what the pod says of itself.
func (p *pod) field(reference *corev1.ObjectFieldSelector) (string, error) {
	if reference == nil {
		return "", fmt.Errorf("the sandbox shows containers no resources")
	}
	switch reference.FieldPath {
	case "metadata.name":
		return p.object.Name, nil
	case "metadata.namespace":
		return p.object.Namespace, nil
	case "metadata.uid":
		return string(p.object.UID), nil
	case "spec.serviceAccountName":
		return p.object.Spec.ServiceAccountName, nil
	case "status.podIP", "status.hostIP":
		return "127.0.0.1", nil
	}
	return "", fmt.Errorf("the sandbox does not know the field %s", reference.FieldPath)
}

func writeKeys(dir string, data map[string][]byte, items []corev1.KeyToPath, optional *bool) error {
	if items == nil {
		for key := range data {
			items = append(items, corev1.KeyToPath{Key: key, Path: key})
		}
	}
	for _, item := range items {
		value, ok := data[item.Key]
		if !ok {
			if optional != nil && *optional {
				continue
			}
			return fmt.Errorf("references non-existent config key: %s", item.Key)
		}
		if err := writeFile(dir, item.Path, value); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(dir, path string, content []byte) error {
	target := filepath.Join(dir, filepath.Clean("/"+path))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	// Whoever reads meanwhile reads the old content or the new.
	if err := os.WriteFile(target+"~", content, 0o644); err != nil {
		return err
	}
	return os.Rename(target+"~", target)
}

func unless(optional *bool, err error) error {
	if optional != nil && *optional && apierrors.IsNotFound(err) {
		return nil
	}
	return err
}

// environment is what a container sees, the API server's address included.
func (p *pod) environment(ctx context.Context, container corev1.Container) ([]string, error) {
	host, port := hostAndPort(p.kubelet.options.Config.Host)
	env := map[string]string{
		"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOSTNAME": p.object.Name, "HOME": "/",
		"KUBERNETES_SERVICE_HOST": host, "KUBERNETES_SERVICE_PORT": port, "KUBERNETES_SERVICE_PORT_HTTPS": port,
	}
	core := p.kubelet.core.CoreV1()
	for _, from := range container.EnvFrom {
		switch {
		case from.ConfigMapRef != nil:
			object, err := core.ConfigMaps(p.object.Namespace).Get(ctx, from.ConfigMapRef.Name, metav1.GetOptions{})
			if err := unless(from.ConfigMapRef.Optional, err); err != nil {
				return nil, err
			}
			for key, value := range object.Data {
				env[from.Prefix+key] = value
			}
		case from.SecretRef != nil:
			object, err := core.Secrets(p.object.Namespace).Get(ctx, from.SecretRef.Name, metav1.GetOptions{})
			if err := unless(from.SecretRef.Optional, err); err != nil {
				return nil, err
			}
			for key, value := range object.Data {
				env[from.Prefix+key] = string(value)
			}
		}
	}
	for _, each := range container.Env {
		value, err := p.value(ctx, each, env)
		if err != nil {
			return nil, err
		}
		env[each.Name] = value
	}
	list := make([]string, 0, len(env))
	for key, value := range env {
		list = append(list, key+"="+value)
	}
	return list, nil
}

func (p *pod) value(ctx context.Context, each corev1.EnvVar, env map[string]string) (string, error) {
	core := p.kubelet.core.CoreV1()
	switch from := each.ValueFrom; {
	case from == nil:
		return expand(each.Value, env), nil
	case from.FieldRef != nil:
		return p.field(from.FieldRef)
	case from.ConfigMapKeyRef != nil:
		object, err := core.ConfigMaps(p.object.Namespace).Get(ctx, from.ConfigMapKeyRef.Name, metav1.GetOptions{})
		return object.Data[from.ConfigMapKeyRef.Key], unless(from.ConfigMapKeyRef.Optional, err)
	case from.SecretKeyRef != nil:
		object, err := core.Secrets(p.object.Namespace).Get(ctx, from.SecretKeyRef.Name, metav1.GetOptions{})
		return string(object.Data[from.SecretKeyRef.Key]), unless(from.SecretKeyRef.Optional, err)
	}
	return "", fmt.Errorf("the sandbox cannot tell %s", each.Name)
}

var variable = regexp.MustCompile(`\$\$|\$\(([A-Za-z_][A-Za-z0-9_]*)\)`)

// expand replaces $(NAME), as Kubernetes does in arguments and values; what is not known stays.
func expand(text string, env map[string]string) string {
	return variable.ReplaceAllStringFunc(text, func(found string) string {
		if found == "$$" {
			return "$"
		}
		if value, ok := env[strings.Trim(found, "$()")]; ok {
			return value
		}
		return found
	})
}
