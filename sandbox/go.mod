// The sandbox: OpenShift's half of our tests on one machine. Quick to rebuild: it links no k8s.io/kubernetes.
module github.com/migration-prep/migration-prep/sandbox

go 1.26

require github.com/vmware/govmomi v0.55.0

require (
	github.com/davecgh/go-spew v1.1.2-0.20180830191138-d8f796af33cc // indirect
	github.com/google/uuid v1.6.0 // indirect
)
