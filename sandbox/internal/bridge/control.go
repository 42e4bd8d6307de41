package bridge

import (
	"encoding/json"
	"net/http"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// control is what only a sandbox has: faults, the request log, scenarios and sign-in for tests. Pages of other sites are refused.
func (b *Bridge) control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /_sandbox/info", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, http.StatusOK, b.options.Info) })
	mux.HandleFunc("POST /_sandbox/reset", func(w http.ResponseWriter, r *http.Request) {
		b.faults.clear()
		if err := b.options.Reset(r.Context(), r.FormValue("scenario")); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		b.requests.clear()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /_sandbox/faults", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, http.StatusOK, b.faults.list()) })
	mux.HandleFunc("POST /_sandbox/faults", func(w http.ResponseWriter, r *http.Request) {
		var wanted []fault
		err := json.NewDecoder(r.Body).Decode(&wanted)
		if err == nil {
			err = b.faults.add(wanted)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("DELETE /_sandbox/faults", func(w http.ResponseWriter, _ *http.Request) {
		b.faults.clear()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /_sandbox/requests", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, http.StatusOK, b.requests.list()) })
	mux.HandleFunc("DELETE /_sandbox/requests", func(w http.ResponseWriter, _ *http.Request) {
		b.requests.clear()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("POST /_sandbox/expire-session", func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, http.StatusOK, map[string]int{"closed": b.sessions.expire(r.FormValue("user"))})
	})
	for name, handler := range b.options.Controls {
		mux.Handle("/_sandbox/"+name+"/", http.StripPrefix("/_sandbox/"+name, handler))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !sameOrigin(r) {
			http.Error(w, "another site asks", http.StatusForbidden)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// reasons are those the API server gives with a status.
var reasons = map[int]metav1.StatusReason{
	http.StatusUnauthorized:        metav1.StatusReasonUnauthorized,
	http.StatusForbidden:           metav1.StatusReasonForbidden,
	http.StatusNotFound:            metav1.StatusReasonNotFound,
	http.StatusConflict:            metav1.StatusReasonConflict,
	http.StatusGone:                metav1.StatusReasonExpired,
	http.StatusUnprocessableEntity: metav1.StatusReasonInvalid,
	http.StatusTooManyRequests:     metav1.StatusReasonTooManyRequests,
	http.StatusInternalServerError: metav1.StatusReasonInternalError,
	http.StatusServiceUnavailable:  metav1.StatusReasonServiceUnavailable,
}

// writeStatus answers as the API server does when it refuses.
func writeStatus(w http.ResponseWriter, code int) {
	status := metav1.Status{
		TypeMeta: metav1.TypeMeta{Kind: "Status", APIVersion: "v1"},
		Status:   metav1.StatusFailure, Message: "a fault of the sandbox", Reason: reasons[code], Code: int32(code),
	}
	if code == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "1")
		status.Details = &metav1.StatusDetails{RetryAfterSeconds: 1}
	}
	writeJSON(w, code, status)
}

func writeJSON(w http.ResponseWriter, code int, content any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(content)
}
