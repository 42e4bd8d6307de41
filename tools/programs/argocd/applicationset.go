package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/argoproj/argo-cd/v3/applicationset/controllers/template"
	"github.com/argoproj/argo-cd/v3/applicationset/generators"
	"github.com/argoproj/argo-cd/v3/applicationset/utils"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/sirupsen/logrus"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/yaml"
	clientset "k8s.io/client-go/kubernetes/fake"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
)

// applicationSet reads an ApplicationSet and the Secrets of its clusters as YAML documents, and writes the Applications that Argo CD's own
// cluster generator and templates make of them, as JSON. One cluster that cannot be rendered fails all of them, as in the controller.
func applicationSet(ctx context.Context, in io.Reader, out io.Writer) error {
	logrus.SetOutput(io.Discard)
	set := &v1alpha1.ApplicationSet{}
	clusters, cached := clientset.NewSimpleClientset(), fake.NewClientBuilder().Build()
	for decoder := yaml.NewYAMLOrJSONDecoder(in, 4096); ; {
		var document json.RawMessage
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		secret := &corev1.Secret{}
		if err := json.Unmarshal(document, secret); err != nil {
			return err
		}
		if secret.Kind != "Secret" {
			if err := json.Unmarshal(document, set); err != nil {
				return err
			}
			continue
		}
		// As the API server does.
		for key, value := range secret.StringData {
			if secret.Data == nil {
				secret.Data = map[string][]byte{}
			}
			secret.Data[key] = []byte(value)
		}
		secret.StringData = nil
		if err := errors.Join(clusters.Tracker().Add(secret), cached.Create(ctx, secret.DeepCopy())); err != nil {
			return err
		}
	}
	known := map[string]generators.Generator{"Clusters": generators.NewClusterGenerator(ctx, cached, clusters, set.Namespace)}
	applications, reason, err := template.GenerateApplications(logrus.WithField("applicationset", set.Name), *set, known, &utils.Render{}, client.Client(cached))
	if err != nil {
		return fmt.Errorf("%s: %w", reason, err)
	}
	return json.NewEncoder(out).Encode(applications)
}
