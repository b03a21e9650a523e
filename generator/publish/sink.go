package publish

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"os"
)

// spill is how many bytes of a file are kept in memory before it is written. Nearly
// all files are smaller, and are compared with the old one first.
const spill = 4 << 20

// A sink takes the bytes of a file: into a buffer, or if they are many into the file
// itself.
type sink struct {
	name   string
	buffer *bytes.Buffer
	hash   hash.Hash
	size   int64
	file   *os.File // nil while all bytes are in the buffer
	out    *bufio.Writer
}

func newSink(name string, buffer *bytes.Buffer) *sink {
	return &sink{name: name, buffer: buffer, hash: sha256.New()}
}

// Write implements io.Writer.
func (s *sink) Write(p []byte) (int, error) {
	s.hash.Write(p)
	s.size += int64(len(p))
	if s.file == nil && s.size <= spill {
		return s.buffer.Write(p)
	}
	if s.file == nil {
		if err := s.open(); err != nil {
			return 0, err
		}
	}
	return s.out.Write(p)
}

func (s *sink) open() (err error) {
	if s.file, err = create(s.name); err != nil {
		return err
	}
	s.out = bufio.NewWriterSize(s.file, 1<<16)
	_, err = s.buffer.WriteTo(s.out)
	return err
}

// sum is the hash of what was written, in hex.
func (s *sink) sum() string { return hex.EncodeToString(s.hash.Sum(nil)) }

// keep completes the file.
func (s *sink) keep() error {
	if s.file == nil {
		return writeNew(s.name, s.buffer.Bytes())
	}
	return cmp.Or(s.out.Flush(), syncFile(s.file), s.file.Close())
}

// drop undoes what was written of the file.
func (s *sink) drop() error {
	if s.file == nil {
		return nil
	}
	return cmp.Or(s.file.Close(), os.Remove(s.name))
}

func create(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}
