//go:build !linux

package publish

import (
	"errors"
	"os"
)

// exchange is not to be had here.
func exchange(_, _ string) error { return errors.ErrUnsupported }

// syncFile brings a new file to the disk.
func syncFile(f *os.File) error { return f.Sync() }

// syncAll has nothing to do where each file was synced.
func syncAll(string) error { return nil }

// syncFolder has no portable form. The names follow when the system writes
// them; Repair knows every state in between.
func syncFolder(string) error { return nil }

func isReadOnly(error) bool { return false }

func isBusy(error) bool { return false }
