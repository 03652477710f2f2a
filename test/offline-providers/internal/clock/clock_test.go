package clock

import (
	"strings"
	"testing"
	"time"
)

func TestNowIsTheMachinesTimeByDefault(t *testing.T) {
	t.Setenv(Variable, "")
	before := time.Now()
	now, err := Now()
	if err != nil || now.Before(before) || now.After(time.Now()) {
		t.Fatalf("got %v, %v", now, err)
	}
}

func TestNowIsTheTimeInTheVariable(t *testing.T) {
	t.Setenv(Variable, "2031-02-03T04:05:06Z")
	now, err := Now()
	if err != nil || !now.Equal(time.Date(2031, 2, 3, 4, 5, 6, 0, time.UTC)) {
		t.Fatalf("got %v, %v", now, err)
	}
}

func TestNowRefusesWhatItCannotRead(t *testing.T) {
	t.Setenv(Variable, "tomorrow")
	if _, err := Now(); err == nil || !strings.Contains(err.Error(), `OFFLINE_PROVIDERS_NOW is "tomorrow"`) {
		t.Fatalf("got %v", err)
	}
}
