// The frontend microservice of the course's chapter 6: at each visit it asks the backend by its name and makes a page of the
// answer. Whatever the backend does, the visitor gets a page, and the frontend lives on.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"rempart/apps/app"
)

// Set by the build: -ldflags "-X main.version=0.0.1".
var version = "0.0.1"

const (
	usualBackend = "http://sample-app-backend-service"
	patience     = 10 * time.Second
	// A backend that will not stop talking must not fill the frontend's memory.
	longestAnswer = 64 << 10
)

// Headers of the visitor that go on to the backend: those by which a trace holds together, and the switch of a feature.
var passedOn = []string{"X-Request-Id", "Traceparent", "Tracestate", "B3", "X-B3-Traceid", "X-B3-Spanid", "X-B3-Parentspanid", "X-B3-Sampled", "X-B3-Flags", "X-Feature"}

func main() {
	backend := os.Getenv("BACKEND_URL")
	if backend == "" {
		backend = usualBackend
	}
	frontend(backend, patience).Main()
}

// unavailable is why there is no page, in words for the visitor, and the status that says so.
type unavailable struct {
	status int
	reason string
}

func (u unavailable) Error() string { return u.reason }

func frontend(backend string, patience time.Duration) app.App {
	// A connection for each request: one that is kept would bind all visits to the same backend pod.
	client := &http.Client{Timeout: patience, Transport: &http.Transport{DisableKeepAlives: true}}
	return app.App{Name: "sample-app-frontend", Version: version, Root: func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		name, err := ask(r.Context(), client, backend, r.Header)
		if err == nil {
			fmt.Fprintf(w, "<p>Hello from <b>%s</b>!</p>\n", html.EscapeString(name))
			return
		}
		var why unavailable
		if !errors.As(err, &why) {
			why = unavailable{http.StatusBadGateway, err.Error()}
		}
		log.Printf("no answer of %s: %s", backend, why.reason)
		w.WriteHeader(why.status)
		fmt.Fprintf(w, "<h1>%d %s</h1>\n<p>The frontend works, but %s gave no answer to show: <b>%s</b></p>\n",
			why.status, http.StatusText(why.status), html.EscapeString(backend), html.EscapeString(why.reason))
	}}
}

// ask returns the backend's text. Its errors are unavailable.
func ask(visit context.Context, client *http.Client, backend string, headers http.Header) (string, error) {
	request, err := http.NewRequestWithContext(visit, http.MethodGet, backend, nil)
	if err != nil {
		return "", unavailable{http.StatusBadGateway, err.Error()}
	}
	for _, name := range passedOn {
		if values := headers.Values(name); len(values) > 0 {
			request.Header[http.CanonicalHeaderKey(name)] = values
		}
	}
	answer, err := client.Do(request)
	if err != nil {
		return "", withoutAnswer(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, longestAnswer))
	if err != nil {
		return "", withoutAnswer(err)
	}
	if answer.StatusCode != http.StatusOK {
		return "", unavailable{http.StatusBadGateway, strings.TrimSpace(fmt.Sprintf("%d %s", answer.StatusCode, beginning(string(body))))}
	}
	var content struct {
		Text *string `json:"text"`
	}
	if err := json.Unmarshal(body, &content); err != nil || content.Text == nil {
		return "", unavailable{http.StatusBadGateway, "not the JSON that was expected: " + beginning(string(body))}
	}
	return *content.Text, nil
}

func withoutAnswer(err error) unavailable {
	var slow interface{ Timeout() bool }
	if errors.As(err, &slow) && slow.Timeout() {
		return unavailable{http.StatusGatewayTimeout, "it took too long"}
	}
	return unavailable{http.StatusBadGateway, err.Error()}
}

// beginning is the start of a text, on one line, short enough for a page.
func beginning(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > 200 {
		return string(runes[:200]) + "…"
	}
	return string(runes)
}
