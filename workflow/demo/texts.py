"""The words of the sample agency."""

WRITERS = ["Wren Abara", "Wolf Lindqvist", "Willa Moreau", "Wes Tanaka", "Wanda Kovacs", "Wim de Boer"]

CLIENTS = [
    "Cleo Marsh", "Carl Jensen", "Cora Alvarez", "Cem Yildiz", "Celia Rossi", "Chen Wei",
    "Conor Walsh", "Carla Nunes", "Colin Baker", "Camille Roy", "Cyrus Karimi", "Clara Weiss",
]  # fmt: skip

KINDS = {"Article": 90, "Translation": 110, "Product text": 70, "White paper": 180, "Editing": 50, "Newsletter": 80}
"""Kind of work -> cents a word, a hundred words."""

DAYS = {"Article": 5, "Translation": 4, "Product text": 3, "White paper": 14, "Editing": 2, "Newsletter": 4}
"""Kind of work -> usual days."""

QUESTIONS = ["Who will read it?", "Which words or claims should we avoid?"]
ANSWERS = [
    ("People who visit us for the first time.", "Nothing that sounds like advertising."),
    ("Our members, most of them over fifty.", "No foreign words, please."),
    ("Buyers of small shops, in a hurry.", ""),
]

TEXT = "Here stands what the writer wrote. In a real agency it would be longer."

NOTES = {
    "deliver": ["Sources are listed at the end.", "Two headlines to choose from.", "Kept to your style guide."],
    "request_revision": ["Please shorten the introduction.", "The tone is a little too formal for our readers.",
                         "Could the second part say more about prices?"],
    "cancel": ["The campaign was called off.", "Ordered twice by mistake."],
    "submit": ["Please check the figures in section two.", "Quotes still need a second pair of eyes."],
    "complete": ["Lovely work, thank you!", "Just what we needed."],
}  # fmt: skip

TITLES = [
    title.strip()
    for title in """
    Ten quiet walks in Lisbon; Annual report 2026, English; How to brew tea in winter; Product texts: oak furniture;
    A short history of the paper mill; Interview: the night baker; Newsletter November; White paper: heat pumps;
    Travel guide: Faroe Islands; FAQ for the new booking system; Website relaunch: about us; Research paper: urban bees;
    Menu translation, French to English; Speech for the 50th anniversary; Case study: a library moves house;
    Press release: new premises; Instruction manual: bread maker; Blog series: mending clothes; Catalogue: spring 2027;
    Grant proposal: community garden; Podcast notes, season two; Museum audio guide; Legal notice, plain language;
    Job advertisements: three roles; E-mail course: better sleep; Landing page: bike leasing; Obituary of a lighthouse;
    Training script: first aid; Poster texts: science week; Editing: thesis chapter four; Brochure: solar roofs;
    Guide for new neighbours; Recipe collection: root vegetables; Translation: furniture warranty; Exhibition captions;
    Safety data, reader-friendly; Social posts: farmers' market; Comparison: five espresso machines; Welcome letters;
    Quarterly letter to members; Story: the clockmaker's daughter; Terms of service, in plain words; App store texts;
    Fundraising letter: animal shelter; Product texts: rain jackets; Essay: why we keep diaries; Festival programme;
    White paper: quiet offices; Translation: user survey; Handbook for volunteers; Column: city and country;
    Website texts: dental practice; Script: explainer video, water; Newsletter December; Portrait: the last cooper;
    Guide: renting a cargo bike; Editing: annual review; Catalogue: handmade lamps; Report: a year of open data;
    Children's tour of the town hall
    """.replace("\n", " ").split(";")
]
