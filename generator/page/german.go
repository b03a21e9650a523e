package page

import "github.com/trophycase/trophycase/generator/trophy"

var german = words{
	Lang: "de",
	Home: "Profil", Titles: "Titel", Feed: "Feed", Skip: "Zum Inhalt", Menu: "Haupt",
	Level: "Level", Points: "Punkte", ToNext: "bis zum nächsten Level", Tier: "Stufe", Trophies: "Trophäen", Progress: "Fortschritt",
	Completion: "Durchschnittlicher Abschluss", Completed: "Abgeschlossen", Platinum: "Platin", Latest: "Letzte Trophäe",
	Recent: "Neueste Trophäen", Rarest: "Seltenste Trophäen", Platinums: "Platintrophäen", Pinned: "Angeheftet", Closest: "Fast geschafft",
	Year: "Ein Jahr Trophäen", YearHint: "Trophäen nach Tag", Earned: "Erhalten", Missing: "Fehlt", Secret: "Versteckte Trophäe",
	Reveal: "Name und Beschreibung zeigen", Players: "der Spieler", Reward: "Belohnung", First: "Erste Trophäe", Last: "Letzte Trophäe",
	TimeToPlatinum: "Zeit bis Platin", NoTitles: "Hier stehen die Titel, sobald es einen gibt.",
	NoUnlocks: "Hier stehen die Trophäen, sobald es eine gibt.", NoPlatinums: "Die Wand für Platintrophäen ist bereit.",
	NotFetched:   "Die Trophäen dieses Titels werden noch geholt. Nach einem der nächsten Läufe stehen sie hier.",
	NotFound:     "Hier ist nichts",
	NotFoundText: "Unter dieser Adresse gibt es keine Seite. Vielleicht ist sie umgezogen, vielleicht gab es sie nie.", Back: "Zum Profil",
	Sample:  "Das ist ein erfundenes Beispielprofil. Mit deiner eigenen Anmeldung wird es deines.",
	Pending: "%d Titel werden noch geholt; sie kommen mit den nächsten Läufen.", PendingOne: "Ein Titel wird noch geholt; er kommt mit dem nächsten Lauf.",
	Trouble: "Nicht auf dem neuesten Stand:",
	Search:  "Suchen", Platform: "Plattform", State: "Stand", Sort: "Reihenfolge", All: "Alle", Order: "Reihenfolge", Base: "Hauptspiel", Began: "Begonnen", None: "Keine",
	ByActivity: "Letzte Aktivität", ByName: "Name", ByProgress: "Fortschritt", ByRarity: "Seltenste zuerst", ByPSN: "Wie im PSN", ByTime: "Zuletzt erhaltene zuerst",
	Unlocks: "Trophäen", AsOf: "Stand:", Made: "Gemacht mit trophycase", Undated: "zu unbekannter Zeit erhalten",
	Unofficial: "Nicht verbunden mit Sony Interactive Entertainment.", MoreTitles: "Alle Titel",
	Also: "Auch:", Day: "Tag", Untouched: "Nicht begonnen", Shown: "Zeigen", Days: "Tage", LongestStreak: "Längste Serie", CurrentStreak: "Laufende Serie",
	troubles: map[trophy.Trouble]string{
		trophy.SignInEnded: "Die Anmeldung beim PlayStation Network ist abgelaufen.",
		trophy.Private:     "Die Trophäen dieses Kontos sind jetzt privat.",
		trophy.Unreachable: "Das PlayStation Network war nicht zu erreichen.",
		trophy.Unreadable:  "Das PlayStation Network gab eine unlesbare Antwort.",
	},
	grades:   [5]string{"", "Bronze", "Silber", "Gold", "Platin"},
	rarities: [4]string{"ultraselten", "sehr selten", "selten", "gewöhnlich"},
	months:   [12]string{"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez."},
	weekdays: [7]string{"Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"},
}
