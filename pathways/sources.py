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

EARLY_HELP = Source(_TOGETHER, "early help", SHOULD)
EARLY_HELP_HANDBOOK = Source(_HANDBOOK, "early help, before and after a refusal", LOCAL)
TRAFFORD = Source("Trafford Safeguarding Partnership", "reviewing an early help assessment", LOCAL)

ALLEGATIONS = Source(_TOGETHER, "allegations against people who work with children", SHOULD)
ALLEGATIONS_IN_SCHOOL = Source("Keeping Children Safe in Education", "part four", SHOULD)
ALLEGATIONS_MANUAL = Source(_MANUAL, "15.3 and 15.12, allegations", LOCAL)
DISCIPLINE = Source("NSCB procedures", "disciplinary process or assessment of suitability", LOCAL)
BARRING = Source("Safeguarding Vulnerable Groups Act 2006", "section 35", MUST)

_REGISTERS = "School Attendance (Pupil Registration) (England) Regulations 2024"
REGISTER_GROUNDS = Source(_REGISTERS, "regulation 9", MUST)
REGISTER_CODES = Source(_REGISTERS, "regulation 10", MUST)
REGISTER_RETURNS = Source(_REGISTERS, "regulation 13", MUST)
REGISTER_2006 = Source(
    "Education (Pupil Registration) (England) Regulations 2006, as amended in 2016", "", MUST
)
ATTENDANCE = Source("Working together to improve school attendance", "", SHOULD)
MISSING_EDUCATION = Source("Children missing education: statutory guidance", "8 September 2025", SHOULD)
_EDUCATION_ACT = "Education Act 1996"
HOME_EDUCATION = Source(_EDUCATION_ACT, "section 7", MUST)
SCHOOL_AGE = Source(_EDUCATION_ACT, "section 8", MUST)
ATTENDANCE_ORDER = Source(_EDUCATION_ACT, "section 437", MUST)
EALING = Source("Ealing procedure", "enquiries from the third day of absence", LOCAL)
BRADFORD = Source("Bradford and Herefordshire guidance", "referral within ten school days", LOCAL)

ESCALATION = Source(
    "Sefton Local Safeguarding Children Board manual", "17.2, professional disagreement", LOCAL
)
LADDERS = Source(_HANDBOOK, "escalation, ten situations", LOCAL)

ENCOMPASS = Source("Domestic Abuse Act 2021", "section 49A", MUST)
ENCOMPASS_SCHEME = Source("Operation Encompass scheme", "key adult's response", LOCAL)

FILE_TRANSFER = Source("Keeping Children Safe in Education", "annex C, transferring the file", SHOULD)
FILE_TRANSFER_HANDBOOK = Source(_HANDBOOK, "transfer of the safeguarding file", LOCAL)

GENITAL_MUTILATION = Source("Female Genital Mutilation Act 2003", "section 5B", MUST)
SERIOUS_INCIDENT = Source("Children Act 2004", "section 16C", MUST)
RAPID_REVIEW = Source(_TOGETHER, "rapid review", SHOULD)
RETURN_INTERVIEW = Source("Children who run away or go missing from home or care", "2014", SHOULD)
MODERN_SLAVERY = Source("Modern Slavery Act 2015", "section 52", MUST)
PREVENT = Source("Counter-Terrorism and Security Act 2015", "section 26", MUST)
LICENSING = Source("Licensing Act 2003", "responsible authorities", MUST)
NEGLECT = Source("Sefton neglect screening tool", "", LOCAL)

OURS = Source("This product's own rules", "what is true of every pathway", LOCAL)
