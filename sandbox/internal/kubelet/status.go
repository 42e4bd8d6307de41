package kubelet

import (
	"context"
	"encoding/json"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// setStatus writes a status whatever the stored version is: only a kubelet writes it.
func (k *Kubelet) setStatus(ctx context.Context, object *corev1.Pod, status corev1.PodStatus) error {
	status.QOSClass = object.Status.QOSClass
	patch, err := json.Marshal(map[string]any{"metadata": map[string]any{"uid": object.UID}, "status": status})
	if err != nil {
		return err
	}
	target := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: object.Namespace, Name: object.Name}}
	return client.IgnoreNotFound(k.client.Status().Patch(ctx, target, client.RawPatch("application/merge-patch+json", patch)))
}

// waiting says why containers do not start.
func (k *Kubelet) waiting(ctx context.Context, object *corev1.Pod, reason, message string) error {
	if statuses := object.Status.ContainerStatuses; len(statuses) > 0 && statuses[0].State.Waiting != nil &&
		statuses[0].State.Waiting.Reason == reason && statuses[0].State.Waiting.Message == message {
		return nil
	}
	status := corev1.PodStatus{Phase: corev1.PodPending, Conditions: conditions(false)}
	for _, container := range object.Spec.Containers {
		status.ContainerStatuses = append(status.ContainerStatuses, corev1.ContainerStatus{
			Name: container.Name, Image: container.Image,
			State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason, Message: message}},
		})
	}
	return k.setStatus(ctx, object, status)
}

func runningStatus(object *corev1.Pod) corev1.PodStatus {
	now := metav1.Now()
	started := true
	status := corev1.PodStatus{
		Phase: corev1.PodRunning, Conditions: conditions(true), StartTime: &now, HostIP: "127.0.0.1", PodIP: "127.0.0.1",
		PodIPs: []corev1.PodIP{{IP: "127.0.0.1"}},
	}
	for _, container := range object.Spec.Containers {
		status.ContainerStatuses = append(status.ContainerStatuses, corev1.ContainerStatus{
			Name: container.Name, Image: container.Image, Ready: true, Started: &started,
			State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: now}},
		})
	}
	return status
}

// endedStatus is Succeeded when every container returned 0.
func endedStatus(object *corev1.Pod, began metav1.Time, codes map[string]int) corev1.PodStatus {
	now := metav1.Now()
	status := corev1.PodStatus{
		Phase: corev1.PodSucceeded, Conditions: conditions(false), StartTime: &began, HostIP: "127.0.0.1", PodIP: "127.0.0.1",
		PodIPs: []corev1.PodIP{{IP: "127.0.0.1"}},
	}
	terminated := func(containers []corev1.Container) (statuses []corev1.ContainerStatus) {
		for _, container := range containers {
			code, ran := codes[container.Name]
			state := corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "PodInitializing"}}
			if ran {
				reason := "Completed"
				if code != 0 {
					reason, status.Phase = "Error", corev1.PodFailed
				}
				state = corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{
					ExitCode: int32(code), Reason: reason, StartedAt: began, FinishedAt: now,
				}}
			}
			statuses = append(statuses, corev1.ContainerStatus{Name: container.Name, Image: container.Image, State: state})
		}
		return statuses
	}
	status.InitContainerStatuses = terminated(object.Spec.InitContainers)
	status.ContainerStatuses = terminated(object.Spec.Containers)
	return status
}

func conditions(ready bool) []corev1.PodCondition {
	state := corev1.ConditionFalse
	if ready {
		state = corev1.ConditionTrue
	}
	now := metav1.Now()
	all := []corev1.PodCondition{}
	for _, kind := range []corev1.PodConditionType{corev1.PodReadyToStartContainers, corev1.PodInitialized, corev1.PodScheduled} {
		all = append(all, corev1.PodCondition{Type: kind, Status: corev1.ConditionTrue, LastTransitionTime: now})
	}
	for _, kind := range []corev1.PodConditionType{corev1.PodReady, corev1.ContainersReady} {
		all = append(all, corev1.PodCondition{Type: kind, Status: state, LastTransitionTime: now})
	}
	return all
}

func ready(object *corev1.Pod) bool {
	for _, condition := range object.Status.Conditions {
		if condition.Type == corev1.PodReady {
			return condition.Status == corev1.ConditionTrue
		}
	}
	return false
}
