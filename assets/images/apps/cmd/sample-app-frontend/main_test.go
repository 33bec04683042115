package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rempart/apps/app"
)

func page(t *testing.T, backend http.HandlerFunc, header http.Header) (int, string) {
	t.Helper()
	server := httptest.NewServer(backend)
	defer server.Close()
	return visit(server.URL, header)
}

func visit(backend string, header http.Header) (int, string) {
	seen := httptest.NewRecorder()
	request := httptest.NewRequest("GET", "/", nil)
	request.Header = header
	frontend(backend, 200*time.Millisecond).Handler(&app.State{}).ServeHTTP(seen, request)
	return seen.Code, seen.Body.String()
}

func TestShowsWhatTheBackendSays(t *testing.T) {
	var passed http.Header
	status, text := page(t, func(w http.ResponseWriter, r *http.Request) {
		passed = r.Header
		_, _ = w.Write([]byte(`{"text":"backend <microservice>"}`))
	}, http.Header{"X-Feature": {"new"}, "Cookie": {"secret"}})
	if status != 200 || text != "<p>Hello from <b>backend &lt;microservice&gt;</b>!</p>\n" {
		t.Errorf("%d %q", status, text)
	}
	if passed.Get("X-Feature") != "new" || passed.Get("Cookie") != "" {
		t.Errorf("passed on: %v", passed)
	}
}

func TestNeverFailsWithoutAPage(t *testing.T) {
	for name, each := range map[string]struct {
		backend http.HandlerFunc
		status  int
		says    string
	}{
		"refused":  {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "RBAC: access denied", 403) }, 502, "403 RBAC: access denied"},
		"no JSON":  {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }, 502, "not the JSON"},
		"no text":  {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("{}")) }, 502, "not the JSON"},
		"hangs up": {func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }, 502, "EOF"},
		"too slow": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, 504, "too long"},
	} {
		if status, text := page(t, each.backend, nil); status != each.status || !strings.Contains(text, each.says) {
			t.Errorf("%s: %d %q", name, status, text)
		}
	}
	if status, text := visit("http://127.0.0.1:1", nil); status != 502 || !strings.Contains(text, "refused") {
		t.Errorf("nobody there: %d %q", status, text)
	}
}
