package forklift_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	api "github.com/migration-prep/migration-prep/sandbox/internal/forklift/v1beta1"
)

// moment of a recorded timeline.
type moment struct {
	Phase      string         `json:"phase"`
	Conditions api.Conditions `json:"conditions"`
	Keys       []string       `json:"status_keys"`
}

// told is a moment as one comparable text: phase, keys of the status, conditions without times. What differs between machines is
// taken out: addresses, and the name server of a failed lookup.
func (m moment) told() string {
	lines := []string{m.Phase, strings.Join(slices.Sorted(slices.Values(m.Keys)), " ")}
	for _, c := range m.Conditions {
		message := address.ReplaceAllString(c.Message, "ADDRESS")
		message = lookup.ReplaceAllString(message, "lookup $1 on DNS:")
		lines = append(lines, fmt.Sprintf("%s %s %s %s %v: %s", c.Category, c.Type, c.Status, c.Reason, c.Items, message))
	}
	return strings.Join(lines, "\n")
}

var (
	address = regexp.MustCompile(`127\.0\.0\.1:\d+`)
	lookup  = regexp.MustCompile(`lookup (\S+?)(?: on [^ ]+)?:( no such host)`)
)

func momentOf(provider *api.Provider) moment {
	return moment{Phase: provider.Status.Phase, Conditions: provider.Status.Conditions, Keys: keysOfStatus(provider.Status)}
}

func keysOfStatus(status any) []string {
	encoded, _ := json.Marshal(status)
	keys := map[string]any{}
	_ = json.Unmarshal(encoded, &keys)
	return slices.Collect(maps.Keys(keys))
}

// recordedCase says how a Provider of provider-timelines.json was made.
type recordedCase struct {
	name string
	// url of the Provider; empty in `url` of noURL only.
	url  string
	keys map[string]string
	// endpoint is the setting sdkEndpoint.
	endpoint string
	// last is the phase it ends in; "" for no status at all.
	last string
}

func (w *world) recordedCases() []recordedCase {
	right := w.vcenter.URL
	parsed, _ := url.Parse(right)
	with := func(changes map[string]string) map[string]string {
		keys := w.keys()
		for key, value := range changes {
			keys[key] = value
			if value == "" {
				delete(keys, key)
			}
		}
		return keys
	}
	return []recordedCase{
		{name: "good-insecure", url: right, keys: w.keys(), last: "Ready"},
		{name: "empty-vddk", url: right, keys: w.keys(), last: "Ready"},
		{name: "secure-right-ca", url: right, keys: w.secure(w.vcenter.CACert), last: "Ready"},
		{name: "secure-no-ca", url: right, keys: with(map[string]string{"insecureSkipVerify": "false"}), last: "ValidationFailed"},
		{name: "malformed-url", url: "https://%zz/sdk", keys: w.keys()},
		{name: "wrong-password", url: right, keys: with(map[string]string{"password": "wrong"}), last: "ConnectionFailed"},
		{name: "missing-keys", url: right, keys: with(map[string]string{"user": "", "password": ""}), last: "ValidationFailed"},
		{name: "no-secret", url: right},
		{name: "no-sdk-path", url: "https://" + parsed.Host, keys: w.keys(), last: "ConnectionFailed"},
		{name: "empty-url", url: "", keys: w.keys(), last: "ConnectionFailed"},
		{name: "esxi-endpoint", url: right, keys: w.keys(), endpoint: api.ESXi, last: "ConnectionFailed"},
		{name: "unresolvable", url: "https://vcenter.invalid/sdk", keys: w.keys(), last: "ConnectionFailed"},
		{name: "closed-port", url: w.vcenter.Endpoints["closed"], keys: w.keys(), last: "ConnectionFailed"},
		{name: "secure-wrong-ca", url: right, keys: w.secure(w.forklift.CACert), last: "ConnectionFailed"},
	}
}

// follow gathers the different statuses of Providers until each has reached its last phase and stayed there for a second.
func (w *world) follow(t *testing.T, cases []recordedCase) map[string][]moment {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	watch, err := w.client.Watch(ctx, &api.ProviderList{}, client.InNamespace(w.project))
	if err != nil {
		t.Fatal(err)
	}
	defer watch.Stop()
	for _, each := range cases {
		if each.keys != nil {
			w.create(t, w.secretOf(each.name, each.keys, nil))
		}
		provider := w.providerOf(each.name, each.url)
		if each.endpoint != "" {
			provider.Spec.Settings = map[string]string{api.SDKEndpoint: each.endpoint}
		}
		w.create(t, provider)
	}
	timelines := map[string][]moment{}
	settled := func() bool {
		for _, each := range cases {
			timeline := timelines[each.name]
			if len(timeline) == 0 || timeline[len(timeline)-1].Phase != each.last {
				return false
			}
		}
		return true
	}
	for {
		select {
		case event := <-watch.ResultChan():
			provider, ok := event.Object.(*api.Provider)
			if !ok {
				continue
			}
			timeline, now := timelines[provider.Name], momentOf(provider)
			if len(timeline) == 0 || timeline[len(timeline)-1].told() != now.told() {
				timelines[provider.Name] = append(timeline, now)
			}
		case <-time.After(time.Second):
			if settled() {
				return timelines
			}
		case <-ctx.Done():
			for _, each := range cases {
				t.Logf("%s: %v", each.name, timelines[each.name])
			}
			t.Fatal("the Providers did not reach their last phases")
		}
	}
}

func testProvidersAsRecorded(t *testing.T, w *world) {
	cases := w.recordedCases()
	timelines := w.follow(t, cases)
	recorded := map[string][]moment{}
	recording(t, "provider-timelines.json", &recorded)
	if len(recorded) != len(cases) {
		t.Errorf("%d cases were recorded, %d are played", len(recorded), len(cases))
	}
	for _, each := range cases {
		t.Run(each.name, func(t *testing.T) {
			compareTimelines(t, timelines[each.name], recorded[each.name])
		})
	}
}

// compareTimelines holds what a status said over time to what was recorded. How long each stood is not compared.
func compareTimelines(t *testing.T, ours, theirs []moment) {
	t.Helper()
	if len(ours) != len(theirs) {
		t.Fatalf("%d different statuses, recorded %d\n%v", len(ours), len(theirs), ours)
	}
	for i := range ours {
		if ours[i].told() != theirs[i].told() {
			t.Errorf("status %d is\n%s\nrecorded\n%s", i, ours[i].told(), theirs[i].told())
		}
	}
}

func testPasswordCorrectedInPlace(t *testing.T, w *world) {
	wrong := w.keys()
	wrong["password"] = "wrong"
	timelines := w.follow(t, []recordedCase{{name: "corrected", url: w.vcenter.URL, keys: wrong, last: "ConnectionFailed"}})
	secret := &corev1.Secret{}
	if err := w.client.Get(t.Context(), client.ObjectKey{Namespace: w.project, Name: "corrected"}, secret); err != nil {
		t.Fatal(err)
	}
	secret.Data["password"] = []byte(w.vcenter.Password)
	if err := w.client.Update(t.Context(), secret); err != nil {
		t.Fatal(err)
	}
	timeline := timelines["corrected"][1:]
	provider := &api.Provider{}
	for range 200 {
		if err := w.client.Get(t.Context(), client.ObjectKeyFromObject(secret), provider); err != nil {
			t.Fatal(err)
		}
		if now := momentOf(provider); now.told() != timeline[len(timeline)-1].told() {
			timeline = append(timeline, now)
		}
		if provider.Status.Phase == "Ready" {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	var fixed, refused []moment
	recording(t, "provider-wrong-password-vcenter-message.json", &refused)
	recording(t, "provider-password-fixed.json", &fixed)
	compareTimelines(t, timelines["corrected"], refused)
	compareTimelines(t, timeline, fixed)
}

func testFingerprintIsTheServersCertificate(t *testing.T, w *world) {
	w.follow(t, []recordedCase{{name: "good", url: w.vcenter.URL, keys: w.keys(), last: "Ready"}})
	provider := &api.Provider{}
	if err := w.client.Get(t.Context(), client.ObjectKey{Namespace: w.project, Name: "good"}, provider); err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^([0-9A-F]{2}:){19}[0-9A-F]{2}$`).MatchString(provider.Status.Fingerprint) {
		t.Errorf("fingerprint %q", provider.Status.Fingerprint)
	}
	if provider.Spec.Settings[api.SDKEndpoint] != api.VCenter {
		t.Errorf("the webhook did not add sdkEndpoint: %v", provider.Spec.Settings)
	}
}
