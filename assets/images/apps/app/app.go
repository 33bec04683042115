// Package app is what the sample apps of the cluster labs have in common: how they start and stop, the probes that the
// cluster asks, what a student can break on purpose, and the log.
package app

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

const (
	listenAddress = ":8080"
	// Only from within the pod: a visitor must not be able to break the app.
	controlAddress = "127.0.0.1:8081"
	shutdownLimit  = 5 * time.Second
)

// App is one of the sample apps.
type App struct {
	Name    string
	Version string
	// Root answers GET and HEAD on "/".
	Root http.HandlerFunc
}

// Main serves the app until SIGTERM, or, with arguments, is the app's own command line (see control.go). Never returns.
func (a App) Main() {
	log.SetFlags(log.LstdFlags | log.Lmicroseconds | log.LUTC)
	if len(os.Args) > 1 {
		os.Exit(commandLine("http://"+controlAddress, os.Args[1:], os.Stdout, os.Stderr))
	}
	state, err := stateFromEnvironment(os.Getenv)
	if err != nil {
		log.Fatal(err)
	}
	if err := a.serve(state); err != nil {
		log.Fatal(err)
	}
	os.Exit(0)
}

func (a App) serve(state *State) error {
	server := &http.Server{Addr: listenAddress, Handler: a.Handler(state), ReadHeaderTimeout: 5 * time.Second}
	control := &http.Server{Addr: controlAddress, Handler: state.controlHandler(), ReadHeaderTimeout: 5 * time.Second}
	failed := make(chan error, 2)
	for _, each := range []*http.Server{server, control} {
		go func() { failed <- each.ListenAndServe() }()
	}
	log.Printf("%s %s on port 8080", a.Name, a.Version)

	// As process 1 of its container it gets no signal that it does not ask for.
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer cancel()
	select {
	case err := <-failed:
		return err
	case <-stop.Done():
	}
	log.Print("SIGTERM: no new visitors, the requests under way are answered")
	limit, end := context.WithTimeout(context.Background(), shutdownLimit)
	defer end()
	if err := server.Shutdown(limit); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// Handler is the app as the network sees it.
func (a App) Handler(state *State) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/ready", probe("not ready", state.isReady))
	mux.HandleFunc("/live", probe("not live", state.isLive))
	mux.HandleFunc("/client", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, clientOf(r)) })
	mux.HandleFunc("/caller", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, callerOf(r)) })
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "Only GET", http.StatusMethodNotAllowed)
			return
		}
		if !state.behave(r) {
			http.Error(w, "Failing, as asked", http.StatusServiceUnavailable)
			return
		}
		a.Root(w, r)
	})
	pod, err := os.Hostname()
	if err != nil {
		pod = "unknown"
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Served-By", pod)
		w.Header().Set("X-Version", a.Version)
		seen := &statusSeen{ResponseWriter: w, status: http.StatusOK}
		begin := time.Now()
		mux.ServeHTTP(seen, r)
		// The cluster probes every few seconds: of that, only what went wrong is worth a line.
		if seen.status != http.StatusOK || (r.URL.Path != "/ready" && r.URL.Path != "/live") {
			log.Printf("%s %s %s %q %d %dms", clientOf(r), callerOf(r), r.Method, r.URL.Path, seen.status, time.Since(begin).Milliseconds())
		}
	})
}

func probe(sorry string, good func() bool) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if !good() {
			http.Error(w, sorry, http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	}
}

func clientOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// callerOf is who calls by the certificate that the caller showed to the mesh's proxy in front of the app, which tells of it
// in a header; "-" without one.
func callerOf(r *http.Request) string {
	for _, part := range strings.FieldsFunc(r.Header.Get("X-Forwarded-Client-Cert"), func(c rune) bool { return c == ';' || c == ',' }) {
		if identity, found := strings.CutPrefix(part, "URI="); found && identity != "" {
			return identity
		}
	}
	return "-"
}

// statusSeen remembers the status that was written.
type statusSeen struct {
	http.ResponseWriter
	status int
}

func (s *statusSeen) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}
