// Package openshift runs the stand-ins that make a plain control plane look like OpenShift: OLM, the operators, MTV among them, and
// a kubelet.
package openshift

import (
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"

	"github.com/migration-prep/migration-prep/sandbox/internal/controlplane"
	"github.com/migration-prep/migration-prep/sandbox/internal/forklift"
	"github.com/migration-prep/migration-prep/sandbox/internal/kubelet"
	"github.com/migration-prep/migration-prep/sandbox/internal/olm"
	"github.com/migration-prep/migration-prep/sandbox/internal/operators"
	"github.com/migration-prep/migration-prep/sandbox/internal/pace"
)

// Versions of OpenShift that can be played.
var Versions = []string{"4.21", "4.22"}

// Options of an OpenShift.
type Options struct {
	ControlPlane *controlplane.ControlPlane
	// Dir holds pods' logs and volumes.
	Dir string
	Log *slog.Logger
	// Pace is how long things take compared with a real cluster.
	Pace float64
	// Version is one of Versions.
	Version string
	// Images are those that are really run, by name.
	Images map[string]kubelet.Image
	// CRDs are folders with definitions that take the place of the sandbox's own.
	CRDs []string
}

// OpenShift is running.
type OpenShift struct {
	MTV     *forklift.Forklift
	pace    *pace.Pace
	olm     *olm.OLM
	kubelet *kubelet.Kubelet
	acting  *operators.Operators
	ends    []func()
}

// Start runs everything until ctx ends or Stop is called.
func Start(ctx context.Context, o Options) (*OpenShift, error) {
	s := &OpenShift{pace: pace.New(o.Pace)}
	if err := s.start(ctx, o); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

func (s *OpenShift) start(ctx context.Context, o Options) (err error) {
	config := o.ControlPlane.Config
	if s.MTV, err = forklift.Prepare(ctx, forklift.Options{Config: config, Log: o.Log, Pace: o.Pace, LongAgo: s.pace.Hurried}); err != nil {
		return err
	}
	s.ends = append(s.ends, s.MTV.Stop)
	if s.acting, err = operators.Prepare(ctx, operators.Options{
		Config: config, Log: o.Log, Pace: s.pace, OpenShift: o.Version, RunMTV: s.MTV.Run,
	}); err != nil {
		return err
	}
	s.ends = append(s.ends, s.acting.Stop)
	if s.kubelet, err = kubelet.Start(ctx, kubelet.Options{
		Config: config, Log: o.Log, Pace: s.pace, Dir: filepath.Join(o.Dir, "kubelet"), Images: o.Images, Pretend: []string{kubelet.OperatorImages},
	}); err != nil {
		return err
	}
	s.ends = append(s.ends, s.kubelet.Stop)
	if s.olm, err = olm.Start(ctx, olm.Options{
		Config: config, Log: o.Log, Pace: s.pace, OpenShift: o.Version, CRDs: o.CRDs, WebhookURL: s.acting.WebhookURL, WebhookCA: s.acting.WebhookCA,
	}); err != nil {
		return err
	}
	s.ends = append(s.ends, s.olm.Stop)
	s.acting.Run(ctx)
	return nil
}

// Stop ends everything, the last started first.
func (s *OpenShift) Stop() {
	for _, end := range slices.Backward(s.ends) {
		end()
	}
}

// Hurry takes away every delay until the returned function is called.
func (s *OpenShift) Hurry() (end func()) { return s.pace.Hurry() }

// Calm takes away every fault.
func (s *OpenShift) Calm() { s.olm.Break(olm.Faults{}) }

// Controls are what tests may do with OpenShift, by name: faults of OLM, renewed certificates, the logs of pods.
func (s *OpenShift) Controls() map[string]http.Handler {
	return map[string]http.Handler{"olm": s.olm.Handler(), "service-ca": s.acting.Handler(), "pods": s.kubelet.Handler()}
}
