package controlplane

import (
	"fmt"
	"os"
	"path/filepath"
)

// admission holds every pod to PodSecurity `restricted`, where OpenShift has restricted-v2: a namespace that needs more says so with
// the label pod-security.kubernetes.io/enforce.
const admission = `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: PodSecurity
  configuration:
    apiVersion: pod-security.admission.config.k8s.io/v1
    kind: PodSecurityConfiguration
    defaults: {enforce: restricted, warn: restricted, audit: privileged}
    exemptions: {}
`

// everyRequest has each request written down when it was answered, and each watch when it begins as well; without bodies, so without
// Secrets.
const everyRequest = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules: [{level: Metadata}]
`

// auditArguments are those of an API server that writes every request down, and none when that is not asked for.
func (c *ControlPlane) auditArguments(o Options) ([]string, error) {
	if !o.Audit {
		return nil, nil
	}
	policy := filepath.Join(o.Dir, "audit-policy.yaml")
	if err := os.WriteFile(policy, []byte(everyRequest), 0o600); err != nil {
		return nil, fmt.Errorf("configure the audit: %w", err)
	}
	c.AuditLog = filepath.Join(o.Dir, "audit.log")
	// A line is there before its request is answered for good. The file is never begun anew, which it would be after 100 MB.
	return []string{"--audit-policy-file", policy, "--audit-log-path", c.AuditLog, "--audit-log-mode", "blocking", "--audit-log-maxsize", "10000"}, nil
}
