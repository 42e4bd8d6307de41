package openshiftapi

import (
	"reflect"

	buildv1 "github.com/openshift/api/build/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/utils/ptr"
)

// historyLimit is how many finished builds a BuildConfig keeps of each kind.
const historyLimit = 5

func prepareBuildConfig(object, before runtime.Object) {
	config := object.(*buildv1.BuildConfig)
	if len(config.Spec.Triggers) == 0 {
		config.Spec.Triggers = nil
	}
	if before == nil {
		config.Generation = 1
		if config.Spec.SuccessfulBuildsHistoryLimit == nil {
			config.Spec.SuccessfulBuildsHistoryLimit = ptr.To[int32](historyLimit)
		}
		if config.Spec.FailedBuildsHistoryLimit == nil {
			config.Spec.FailedBuildsHistoryLimit = ptr.To[int32](historyLimit)
		}
		return
	}
	old := before.(*buildv1.BuildConfig)
	// A number that was used is never used again.
	config.Status.LastVersion = max(config.Status.LastVersion, old.Status.LastVersion)
	config.Generation = old.Generation
	if !reflect.DeepEqual(old.Spec, config.Spec) || config.Status.LastVersion != old.Status.LastVersion {
		config.Generation++
	}
}

func prepareBuild(object, before runtime.Object) {
	build := object.(*buildv1.Build)
	defaultSpec(&build.Spec.CommonSpec)
	if before == nil {
		build.Generation = 1
		if build.Status.Phase == "" {
			build.Status.Phase = buildv1.BuildPhaseNew
		}
	} else {
		old := before.(*buildv1.Build)
		build.Generation = old.Generation
		if !reflect.DeepEqual(old.Spec, build.Spec) {
			build.Generation++
		}
		// The first reason of a failure stays.
		if old.Status.Phase == buildv1.BuildPhaseFailed {
			build.Status.Reason, build.Status.Message = old.Status.Reason, old.Status.Message
		}
	}
	setConditions(&build.Status)
}

// setConditions makes the condition of the phase true and all others false.
func setConditions(status *buildv1.BuildStatus) {
	now := metav1.Now()
	found := false
	for i := range status.Conditions {
		condition := &status.Conditions[i]
		want := buildv1.BuildCondition{Type: condition.Type, Status: corev1.ConditionFalse}
		if string(condition.Type) == string(status.Phase) {
			found = true
			want.Status, want.Reason, want.Message = corev1.ConditionTrue, string(status.Reason), status.Message
		}
		update(condition, want, now)
	}
	if !found && status.Phase != "" {
		status.Conditions = append(status.Conditions, buildv1.BuildCondition{
			Type: buildv1.BuildConditionType(status.Phase), Status: corev1.ConditionTrue, Reason: string(status.Reason), Message: status.Message,
			LastUpdateTime: now, LastTransitionTime: now,
		})
	}
}

func update(condition *buildv1.BuildCondition, want buildv1.BuildCondition, now metav1.Time) {
	want.LastUpdateTime, want.LastTransitionTime = condition.LastUpdateTime, condition.LastTransitionTime
	if *condition == want {
		return
	}
	want.LastUpdateTime = now
	if condition.Status != want.Status {
		want.LastTransitionTime = now
	}
	*condition = want
}

// done says whether a build has reached a phase that it never leaves.
func done(build *buildv1.Build) bool {
	switch build.Status.Phase {
	case buildv1.BuildPhaseNew, buildv1.BuildPhasePending, buildv1.BuildPhaseRunning:
		return false
	}
	return true
}
