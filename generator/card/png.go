package card

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
)

// level is the compression of klauspost's zlib: measured on the sample's cards, 5
// takes a tenth more time than 2 and saves a fortieth of the bytes; above it,
// nothing is saved.
const level = 5

// encode writes a picture as PNG with a text that says what it shows, if that is
// not "". A row is stored as the difference to the one above, and only where they
// differ is there any work: most of a card is flat. A choice among all five filters
// for each row, as image/png makes it, costs more than it saves here. A picture
// without a hole has no alpha channel.
func encode(w io.Writer, m *image.RGBA, text string) error {
	width, height := m.Rect.Dx(), m.Rect.Dy()
	channels, kind := 4, byte(6)
	if m.Opaque() {
		channels, kind = 3, 2
	}
	p := packers.Get().(*packer)
	defer packers.Put(p)
	if err := p.pack(m, channels); err != nil {
		return fmt.Errorf("png: %w", err)
	}
	var header [13]byte
	binary.BigEndian.PutUint32(header[0:], uint32(width))
	binary.BigEndian.PutUint32(header[4:], uint32(height))
	header[8], header[9] = 8, kind
	p.file.Reset()
	p.file.WriteString("\x89PNG\r\n\x1a\n")
	chunk(&p.file, "IHDR", header[:])
	chunk(&p.file, "sRGB", []byte{0})
	if text != "" {
		// Keyword, no compression, no language, no translated keyword.
		chunk(&p.file, "iTXt", []byte("Description\x00\x00\x00\x00\x00"+text))
	}
	chunk(&p.file, "IDAT", p.data.Bytes())
	chunk(&p.file, "IEND", nil)
	_, err := w.Write(p.file.Bytes())
	return err
}

// packer has what encoding needs besides the picture.
type packer struct {
	rows []byte
	// above is the row before, up and paeth the row by each filter.
	above, now, up, paeth []byte
	data, file            bytes.Buffer
	flate                 *flate.Writer
	check                 adler
}

var packers = sync.Pool{New: func() any {
	// The level is a valid one, so there is no error.
	z, _ := flate.NewWriter(io.Discard, level)
	return &packer{flate: z}
}}

// pack compresses the pixels into data.
func (p *packer) pack(m *image.RGBA, channels int) error {
	width, height := m.Rect.Dx(), m.Rect.Dy()
	row := channels*width + 1
	p.rows = resize(p.rows, row*height)
	clear(p.rows)
	for _, line := range []*[]byte{&p.above, &p.now, &p.up, &p.paeth} {
		*line = resize(*line, row-1)
	}
	clear(p.above)
	p.check = adler{a: 1}
	for y := range height {
		pixels, from, to := m.Pix[y*m.Stride:y*m.Stride+4*width], 0, width
		if y > 0 {
			from, to = changed(pixels, m.Pix[(y-1)*m.Stride:])
		}
		p.filter(p.rows[y*row:(y+1)*row], pixels, from, to, channels)
	}
	p.data.Reset()
	// The head of zlib's format, RFC 1950: a window of 32 kB, no dictionary.
	p.data.Write([]byte{0x78, 0x01})
	p.flate.Reset(&p.data)
	if _, err := p.flate.Write(p.rows); err != nil {
		return err
	}
	if err := p.flate.Close(); err != nil {
		return err
	}
	p.data.Write(binary.BigEndian.AppendUint32(nil, p.check.sum()))
	return nil
}

// adler is the checksum of zlib's format, for data that is zero for the most part.
type adler struct{ a, b uint32 }

const adlerModulus = 65521

func (s *adler) add(data []byte) {
	for len(data) > 0 {
		// So many bytes do not overflow 32 bits.
		part := data[:min(len(data), 5552)]
		data = data[len(part):]
		for _, v := range part {
			s.a += uint32(v)
			s.b += s.a
		}
		s.a, s.b = s.a%adlerModulus, s.b%adlerModulus
	}
}

// zeros adds n bytes that are zero.
func (s *adler) zeros(n int) { s.b = uint32((uint64(s.b) + uint64(n)*uint64(s.a)) % adlerModulus) }

func (s *adler) sum() uint32 { return s.b<<16 | s.a }

// changed is the pixels in which a row differs from the one above: few, on a card.
func changed(row, above []byte) (from, to int) {
	above = above[:len(row)]
	if bytes.Equal(row, above) {
		return 0, 0
	}
	const much = 128 // bytes to compare at once
	a, b := 0, len(row)
	for a+much <= b && bytes.Equal(row[a:a+much], above[a:a+much]) {
		a += much
	}
	for b-much >= a && bytes.Equal(row[b-much:b], above[b-much:b]) {
		b -= much
	}
	from, to = a/4, b/4
	for from < to && [4]byte(row[4*from:]) == [4]byte(above[4*from:]) {
		from++
	}
	for to > from && [4]byte(row[4*to-4:]) == [4]byte(above[4*to-4:]) {
		to--
	}
	return from, to
}

// The filters of PNG that are used here.
const (
	filterUp    = 2
	filterPaeth = 4
)

// filter stores a row, which is all zero as yet, as its differences to the one
// above, or to what Paeth's filter expects, which suits photographs.
func (p *packer) filter(line, pixels []byte, from, to, channels int) {
	line[0] = filterUp
	if from == to {
		p.check.add(line[:1])
		p.check.zeros(len(line) - 1)
		return
	}
	a, b := from*channels, to*channels
	straight(p.now[a:b], pixels[4*from:4*to], channels)
	if sum := subtract(p.up[a:b], p.now[a:b], p.above[a:b]); sum < 4*(b-a) {
		copy(line[1+a:], p.up[a:b])
	} else if end := min(b+channels, len(p.now)); p.expect(a, b, end, channels) < sum {
		line[0] = filterPaeth
		copy(line[1+a:], p.paeth[a:end])
	} else {
		copy(line[1+a:], p.up[a:b])
	}
	last := min(1+b+channels, len(line))
	p.check.add(line[:1])
	p.check.zeros(a)
	p.check.add(line[1+a : last])
	p.check.zeros(len(line) - last)
	copy(p.above[a:b], p.now[a:b])
}

// expect filters the bytes from a to b by Paeth's filter, and the pixel after them,
// which is as above and yet has a new one before it. It returns how far they are
// from zero.
func (p *packer) expect(a, b, end, channels int) (sum int) {
	copy(p.now[b:end], p.above[b:end])
	if a >= channels {
		copy(p.now[a-channels:a], p.above[a-channels:a])
	}
	for ; a < min(channels, end); a++ {
		p.paeth[a] = p.now[a] - p.above[a]
	}
	now, above := p.now[a:end], p.above[a:end]
	left, corner := p.now[a-channels:end-channels], p.above[a-channels:end-channels]
	for i, v := range now {
		d := v - paeth(int(left[i]), int(above[i]), int(corner[i]))
		p.paeth[a+i] = d
		sum += distance(d)
	}
	return sum
}

// paeth is what Paeth's filter expects of a value by those to the left, above, and
// left above.
func paeth(a, b, c int) uint8 {
	pa, pb, pc := abs(b-c), abs(a-c), abs(a+b-2*c)
	switch {
	case pa <= pb && pa <= pc:
		return uint8(a)
	case pb <= pc:
		return uint8(b)
	}
	return uint8(c)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// distance is how far a difference is from zero.
func distance(d uint8) int { return abs(int(int8(d))) }

func resize(b []byte, n int) []byte {
	if cap(b) < n {
		return make([]byte, n)
	}
	return b[:n]
}

// subtract returns how far the differences are from zero.
func subtract(to, a, b []byte) (sum int) {
	b, to = b[:len(a)], to[:len(a)]
	for i, v := range a {
		to[i] = v - b[i]
		sum += distance(to[i])
	}
	return sum
}

// straight turns a row's premultiplied alpha into the one of PNG, or leaves alpha
// out.
func straight(to, pixels []byte, channels int) {
	if channels == 3 {
		for i, k := 0, 0; i < len(pixels); i, k = i+4, k+3 {
			to[k], to[k+1], to[k+2] = pixels[i], pixels[i+1], pixels[i+2]
		}
		return
	}
	copy(to, pixels)
	for i := 0; i < len(to); i += 4 {
		if a := uint32(to[i+3]); a != 0 && a != 255 {
			for k := range 3 {
				to[i+k] = uint8(min(255, (uint32(to[i+k])*255+a/2)/a))
			}
		}
	}
}

func chunk(b *bytes.Buffer, kind string, data []byte) {
	var n [4]byte
	binary.BigEndian.PutUint32(n[:], uint32(len(data)))
	b.Write(n[:])
	start := b.Len()
	b.WriteString(kind)
	b.Write(data)
	binary.BigEndian.PutUint32(n[:], crc32.ChecksumIEEE(b.Bytes()[start:]))
	b.Write(n[:])
}
