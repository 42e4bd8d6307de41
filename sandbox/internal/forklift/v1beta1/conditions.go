package v1beta1

import (
	"reflect"
	"slices"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Category of a condition. Critical and Error keep an object from being Ready.
type Category string

// The categories Forklift uses.
const (
	Critical Category = "Critical"
	Error    Category = "Error"
	Warn     Category = "Warn"
	Required Category = "Required"
	Advisory Category = "Advisory"
)

// ReadyCondition is the type of the condition that says an object can be used.
const ReadyCondition = "Ready"

// Condition of an object. It is present while what it says holds; Forklift never writes one with status False.
type Condition struct {
	Type               string      `json:"type"`
	Status             string      `json:"status"`
	Reason             string      `json:"reason,omitempty"`
	Category           Category    `json:"category"`
	Message            string      `json:"message,omitempty"`
	Suggestion         string      `json:"suggestion,omitempty"`
	LastTransitionTime metav1.Time `json:"lastTransitionTime"`
	Durable            bool        `json:"durable,omitempty"`
	Items              []string    `json:"items,omitempty"`
}

func (c Condition) says(other Condition) bool {
	c.LastTransitionTime = other.LastTransitionTime
	return reflect.DeepEqual(c, other)
}

// Conditions of an object, in the order in which they first appeared.
type Conditions []Condition

// Has reports whether every one of the types is present.
func (c Conditions) Has(kinds ...string) bool {
	for _, kind := range kinds {
		if !slices.ContainsFunc(c, func(one Condition) bool { return one.Type == kind }) {
			return false
		}
	}
	return true
}

// Blocked reports whether a condition keeps the object from being Ready.
func (c Conditions) Blocked() bool {
	return slices.ContainsFunc(c, func(one Condition) bool { return one.Category == Critical || one.Category == Error })
}

// Staging collects the conditions of one pass over an object.
type Staging struct {
	before Conditions
	staged Conditions
}

// Stage begins a pass over an object that has the conditions before.
func Stage(before Conditions) *Staging {
	return &Staging{before: before}
}

// Set stages a condition with status True. Setting a type again replaces what was staged for it.
func (s *Staging) Set(condition Condition) {
	condition.Status = "True"
	condition.LastTransitionTime = metav1.Time{Time: time.Now().Truncate(time.Second)}
	sameType := func(one Condition) bool { return one.Type == condition.Type }
	if index := slices.IndexFunc(s.before, sameType); index >= 0 && s.before[index].says(condition) {
		condition.LastTransitionTime = s.before[index].LastTransitionTime
	}
	if index := slices.IndexFunc(s.staged, sameType); index >= 0 {
		s.staged[index] = condition
		return
	}
	s.staged = append(s.staged, condition)
}

// Staged are the conditions of this pass so far.
func (s *Staging) Staged() Conditions { return s.staged }

// End returns the conditions of the pass: what was there before keeps its place, what is new follows, what was not staged
// again is gone.
func (s *Staging) End() Conditions {
	var ended Conditions
	place := func(condition Condition) int {
		index := slices.IndexFunc(s.before, func(one Condition) bool { return one.Type == condition.Type })
		if index < 0 {
			return len(s.before)
		}
		return index
	}
	ended = append(ended, s.staged...)
	slices.SortStableFunc(ended, func(a, b Condition) int { return place(a) - place(b) })
	return ended
}
