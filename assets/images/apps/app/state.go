package app

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

const longestDelay = time.Minute

// State is what can be broken on purpose in one pod: its probes, how long it takes, and which share of its requests fails.
type State struct {
	mutex    sync.Mutex
	notReady bool
	notLive  bool
	delay    time.Duration
	fail     share
	served   int
}

// share is "N of M" requests; none when the second is 0.
type share struct{ failing, of int }

func (s share) String() string {
	if s.of == 0 {
		return "none"
	}
	return fmt.Sprintf("%d/%d", s.failing, s.of)
}

func parseShare(text string) (share, error) {
	failing, of, found := strings.Cut(text, "/")
	if !found {
		of = failing
	}
	first, err := strconv.Atoi(failing)
	if err == nil {
		var second int
		if second, err = strconv.Atoi(of); err == nil && first >= 0 && first <= second && second <= 1000 {
			return share{first, second}, nil
		}
	}
	return share{}, fmt.Errorf("%q is not a share of requests such as 1/2", text)
}

func parseDelay(text string) (time.Duration, error) {
	delay, err := time.ParseDuration(text)
	if err != nil || delay < 0 || delay > longestDelay {
		return 0, fmt.Errorf("%q is not a delay such as 3s, of at most a minute", text)
	}
	return delay, nil
}

// stateFromEnvironment reads DELAY (for example 3s) and FAIL (for example 1/2), with which a Deployment makes all its pods slow or faulty.
func stateFromEnvironment(get func(string) string) (*State, error) {
	state := &State{}
	var err error
	if text := get("DELAY"); text != "" {
		if state.delay, err = parseDelay(text); err != nil {
			return nil, fmt.Errorf("DELAY: %w", err)
		}
	}
	if text := get("FAIL"); text != "" {
		if state.fail, err = parseShare(text); err != nil {
			return nil, fmt.Errorf("FAIL: %w", err)
		}
	}
	return state, nil
}

func (s *State) isReady() bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return !s.notReady
}

func (s *State) isLive() bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return !s.notLive
}

// behave waits as the state says, and tells whether the request may be answered: of each M requests the first N fail.
func (s *State) behave(r *http.Request) bool {
	s.mutex.Lock()
	delay := s.delay
	fails := s.fail.of > 0 && s.served%s.fail.of < s.fail.failing
	s.served++
	s.mutex.Unlock()
	if delay > 0 {
		select {
		case <-time.After(delay):
		case <-r.Context().Done():
		}
	}
	return !fails
}
