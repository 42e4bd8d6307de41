package controlplane

import (
	"crypto/rand"
	"fmt"
	"os"
	"strings"
)

// User is one who may sign in at the sandbox's console.
type User struct {
	// Name as the API server knows it.
	Name string
	// Title says in a few words what the user may do; shown at sign-in.
	Title string
	// Token is the bearer token, new in every sandbox.
	Token string
	// Groups the API server counts the user to.
	Groups []string
}

// newUsers are the people of the sandbox. What they may do stands in scenarios/base.yaml.
func newUsers() []User {
	users := []User{
		{Name: "kubeadmin", Title: "Cluster administrator", Groups: []string{"system:cluster-admins"}},
		{Name: "prep", Title: "Administrator of MTV's project and of migration-target", Groups: []string{"preparers"}},
		{Name: "viewer", Title: "May look, may change nothing", Groups: []string{"viewers"}},
	}
	for i := range users {
		users[i].Token = rand.Text()
	}
	return users
}

// writeTokens writes the file from which the API server knows the users.
func writeTokens(path string, users []User) error {
	var lines strings.Builder
	for _, user := range users {
		fmt.Fprintf(&lines, "%s,%s,%s,%q\n", user.Token, user.Name, user.Name, strings.Join(user.Groups, ","))
	}
	return os.WriteFile(path, []byte(lines.String()), 0o600)
}
