// Package clock is the offline providers' only source of time.
package clock

import (
	"fmt"
	"os"
	"time"
)

// Variable names the environment variable that sets the providers' clock, as an RFC 3339 time.
//
// Terraform starts a provider anew for each command, so each command may have a time of its own.
const Variable = "OFFLINE_PROVIDERS_NOW"

// Now is the time in Variable, or the machine's.
//
// A time that cannot be read is an error, never the machine's time: a test that moves the clock must not pass unmoved.
func Now() (time.Time, error) {
	text := os.Getenv(Variable)
	if text == "" {
		return time.Now(), nil
	}
	now, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s is %q, expected an RFC 3339 time such as 2030-01-31T12:00:00Z", Variable, text)
	}
	return now, nil
}
