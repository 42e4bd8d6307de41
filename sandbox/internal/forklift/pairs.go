package forklift

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/controller-runtime/pkg/client"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
)

// pair are the providers that a map or a plan names; nil where it names none that is there.
type pair struct{ source, destination *api.Provider }

// judgeProviders stages what is wrong with the two providers of a map or a plan (kubev2v/forklift release-2.12,
// pkg/controller/validation/provider.go).
func judgeProviders(ctx context.Context, c client.Reader, of api.ProviderPair, conditions *api.Staging) (found pair, err error) {
	if found.source, err = judgeProvider(ctx, c, of.Source, "source", "Source", conditions); err != nil {
		return found, err
	}
	if found.destination, err = judgeProvider(ctx, c, of.Destination, "destination", "Destination", conditions); err != nil {
		return found, err
	}
	if found.destination != nil && found.destination.Spec.Type != api.OpenShift {
		conditions.Set(api.Condition{
			Type: "DestinationProviderNotValid", Category: api.Critical, Reason: "TypeNotValid", Message: "The destination provider is not valid.",
		})
	}
	return found, nil
}

func judgeProvider(ctx context.Context, c client.Reader, of corev1.ObjectReference, side, prefix string, conditions *api.Staging) (*api.Provider, error) {
	notValid := func(reason string) {
		conditions.Set(api.Condition{
			Type: prefix + "ProviderNotValid", Category: api.Critical, Reason: reason, Message: "The " + side + " provider is not valid.",
		})
	}
	if !isSet(of) {
		notValid("NotSet")
		return nil, nil
	}
	provider := &api.Provider{}
	err := c.Get(ctx, keyOf(of), provider)
	if apierrors.IsNotFound(err) {
		notValid("NotFound")
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !provider.Status.Conditions.Has(api.ReadyCondition) {
		conditions.Set(api.Condition{
			Type: prefix + "ProviderNotReady", Category: api.Critical, Message: "The " + side + " provider does not have the Ready condition.",
		})
	}
	return provider, nil
}

// areFit reports whether a map's providers are there, Ready and of the right type. Otherwise MTV looks at no pair.
func areFit(conditions *api.Staging) bool {
	for _, each := range conditions.Staged() {
		switch each.Type {
		case "SourceProviderNotValid", "SourceProviderNotReady", "DestinationProviderNotValid", "DestinationProviderNotReady":
			return false
		}
	}
	return true
}

// isSet is what MTV takes for a reference: one with a namespace and a name (pkg/lib/ref).
func isSet(of corev1.ObjectReference) bool { return of.Namespace != "" && of.Name != "" }

func keyOf(of corev1.ObjectReference) client.ObjectKey {
	return client.ObjectKey{Namespace: of.Namespace, Name: of.Name}
}

// judgeSources looks up what the pairs of a map replace, and returns what it found, each once. What is not there is only a warning (recorded).
func judgeSources(known *snapshot, collection, kind, word string, sources []api.Ref, conditions *api.Staging) []api.Ref {
	stage := func(category api.Category, reason, message string, items []string) {
		conditions.Set(api.Condition{Type: "Source" + kind + "NotValid", Category: category, Reason: reason, Message: message, Items: items})
	}
	var found []api.Ref
	var missing, ambiguous []string
	for _, each := range sources {
		if !each.Set() {
			stage(api.Critical, "NotSet", "Source "+word+": either `ID` or `Name` required.", nil)
			continue
		}
		matches := known.find(collection, each)
		switch {
		case len(matches) == 0:
			missing = append(missing, each.String())
		case len(matches) > 1:
			ambiguous = append(ambiguous, each.String())
		case !refersTo(found, matches[0].id):
			each.ID, each.Name = matches[0].id, matches[0].brief["name"].(string)
			found = append(found, each)
		}
	}
	if len(missing) > 0 {
		stage(api.Warn, "NotFound", "Source "+word+" not found.", missing)
	}
	if len(ambiguous) > 0 {
		stage(api.Critical, "Ambiguous", "Source "+word+" has ambiguous ref.", ambiguous)
	}
	return found
}

func refersTo(list []api.Ref, id string) bool {
	for _, each := range list {
		if each.ID == id {
			return true
		}
	}
	return false
}
