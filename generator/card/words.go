package card

import "time"

// Words is what cards say beside names, in the site's language, and how it writes
// numbers and dates.
type Words struct {
	Level, Complete, NoTrophies string
	Number                      func(int) string
	Percent                     func(f float64, places int) string
	Date                        func(time.Time) string
	Trophies, Points, ToNext    func(int) string
}
