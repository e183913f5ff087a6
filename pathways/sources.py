"""Every Act, regulation, guidance and local procedure that a pathway cites, written once.

MUST is an Act or regulations, SHOULD is statutory guidance, LOCAL is a partnership's procedure or our own.
A neighbour's procedure stands where the authority's own could not be read; its title says whose it is.
"""

from pathways.definitions import Source, Strength

MUST, SHOULD, LOCAL = Strength.MUST, Strength.SHOULD, Strength.LOCAL

_ACT = "Children Act 1989"
S17 = Source(_ACT, "section 17", MUST)
S20 = Source(_ACT, "section 20", MUST)
S44 = Source(_ACT, "section 44", MUST)
S45 = Source(_ACT, "section 45", MUST)
S46 = Source(_ACT, "section 46", MUST)
S47 = Source(_ACT, "section 47", MUST)
AGE_18 = Source("Family Law Reform Act 1969", "sections 1 and 9", MUST)

_TOGETHER = "Working Together to Safeguard Children 2026"
REFERRAL = Source(_TOGETHER, "chapter 3, referral", SHOULD)
ASSESSMENT = Source(_TOGETHER, "chapter 3, assessment", SHOULD)
STRATEGY = Source(_TOGETHER, "chapter 3, strategy discussion", SHOULD)
ENQUIRY = Source(_TOGETHER, "chapter 3, outcome of section 47 enquiries", SHOULD)
CONFERENCE = Source(_TOGETHER, "chapter 3, initial child protection conference", SHOULD)
PLAN = Source(_TOGETHER, "chapter 3, child protection plan", SHOULD)
REVIEW = Source(_TOGETHER, "chapter 3, review conference", SHOULD)
ENDING = Source(_TOGETHER, "chapter 3, discontinuing the plan", SHOULD)
SHARING = Source(_TOGETHER, "information sharing", SHOULD)
EDUCATION = Source("Keeping Children Safe in Education", "part one", SHOULD)

_HANDBOOK = "Schools safeguarding handbook (Sefton, September 2017)"
FLOWCHART = Source(_HANDBOOK, "safeguarding lead's flowchart", LOCAL)
MARF = Source(_HANDBOOK, "multi-agency referral form", LOCAL)
NINE_STAGES = Source(_HANDBOOK, "strengthening families conference, nine stages", LOCAL)
LAST_MEETING = Source(_HANDBOOK, "learning from reviews: lead named at the last meeting", LOCAL)

_MANUAL = "Sefton Safeguarding Children Partnership manual"
FRONT_DOOR = Source(_MANUAL, "3.11, referrals", LOCAL)
CHILD_SEEN = Source(_MANUAL, "3.8 and 3.11, seeing the child", LOCAL)
CONFERENCE_MANUAL = Source(_MANUAL, "6.1.2, conferences", LOCAL)
CORE_GROUP = Source(_MANUAL, "6.1.4, core groups", LOCAL)
CHILD_IN_NEED = Source("Sefton children's services manual", "Child in Need Plans and Reviews", LOCAL)

LIVERPOOL = Source("Liverpool Safeguarding Children Partnership manual", "review conferences", LOCAL)
LONDON = Source("London Safeguarding Children Procedures", "child protection conferences", LOCAL)
BOLTON = Source("Bolton children's services procedures", "conference requests", LOCAL)
NOTTINGHAMSHIRE = Source("Nottinghamshire Safeguarding Children Partnership procedures", "moves", LOCAL)

OURS = Source("This product's own rules", "what is true of every pathway", LOCAL)
