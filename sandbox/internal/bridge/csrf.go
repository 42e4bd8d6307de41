package bridge

import (
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
)

// Names and sentences of console 4.22, pkg/auth/csrfverifier.
const (
	csrfCookie = "csrf-token"
	csrfHeader = "X-CSRFToken"
)

// setCSRFCookie gives the browser a new token. Scripts must read it, so it is not HttpOnly.
func setCSRFCookie(w http.ResponseWriter) {
	http.SetCookie(w, &http.Cookie{Name: csrfCookie, Value: rand.Text() + rand.Text(), Path: "/", SameSite: http.SameSiteStrictMode})
}

// checkCSRF answers 403 in plain text unless header and cookie agree; reading methods need no token.
func (b *Bridge) checkCSRF(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace:
		default:
			if err := verifyCSRF(r); err != nil {
				http.Error(w, fmt.Sprintf("invalid CSRFToken: %v", err), http.StatusForbidden)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func verifyCSRF(r *http.Request) error {
	cookie, err := r.Cookie(csrfCookie)
	if err != nil {
		return errors.New("no CSRF Cookie found in request")
	}
	if subtle.ConstantTimeCompare([]byte(r.Header.Get(csrfHeader)), []byte(cookie.Value)) != 1 {
		return errors.New("CSRF token does not match CSRF cookie")
	}
	return nil
}
