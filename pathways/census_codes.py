"""The codes of the children in need census, what each means, and the years it may be used.

A year is the one a return ends in (2026: April 2025 to March 2026). The lists start with the return of 2017;
a code with no last year is still in use. The labels are the return's own words.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """One code: its label, and the first and last return that may hold it (`None`: still in use)."""

    label: str
    first: int = 2017
    last: int | None = None


CODES: dict[str, dict[str, Code]] = {
    "UPNunknown": {
        "UN1": Code("Too young for a school place"),
        "UN2": Code(""),
        "UN3": Code(""),
        "UN4": Code(""),
        "UN5": Code(""),
        "UN6": Code(""),
        "UN7": Code("The referral ended in no further action"),
    },
    "GenderCurrent": {
        "1": Code("Male", 2017, 2024),
        "2": Code("Female", 2017, 2024),
        "0": Code("Not recorded or unborn", 2017, 2024),
        "9": Code("Indeterminate", 2017, 2024),
    },
    "Ethnicity": {
        "WBRI": Code("White British"),
        "WIRI": Code("White Irish"),
        "WIRT": Code("Traveller of Irish heritage"),
        "WOTH": Code("Any other White background"),
        "WROM": Code("Gypsy/Roma"),
        "MWBC": Code("White and Black Caribbean"),
        "MWBA": Code("White and Black African"),
        "MWAS": Code("White and Asian"),
        "MOTH": Code("Any other mixed background"),
        "AIND": Code("Indian"),
        "APKN": Code("Pakistani"),
        "ABAN": Code("Bangladeshi"),
        "AOTH": Code("Any other Asian background"),
        "BCRB": Code("Caribbean"),
        "BAFR": Code("African"),
        "BOTH": Code("Any other black background"),
        "CHNE": Code("Chinese"),
        "OOTH": Code("Any other ethnic group"),
        "REFU": Code("Refused"),
        "NOBT": Code("Information not yet obtained"),
    },
    "Disability": {
        "NONE": Code("No disability"),
        "MOB": Code("Mobility"),
        "HAND": Code("Hand function"),
        "PC": Code("Personal care"),
        "INC": Code("Incontinence"),
        "COMM": Code("Communication"),
        "LD": Code("Learning"),
        "HEAR": Code("Hearing"),
        "VIS": Code("Vision"),
        "BEH": Code("Behaviour"),
        "CON": Code("Consciousness"),
        "AUT": Code("Autism"),
        "DDA": Code("Other"),
    },
    "ReferralSource": {
        "1A": Code("INDIVIDUAL - family member, relative or carer"),
        "1B": Code("INDIVIDUAL - acquaintance (including neighbours and child minders)"),
        "1C": Code("INDIVIDUAL - self"),
        "1D": Code("INDIVIDUAL - other (including strangers)"),
        "2A": Code("SCHOOLS"),
        "2B": Code("EDUCATION SERVICES"),
        "3A": Code("HEALTH SERVICES - general practitioner (GP)"),
        "3B": Code("HEALTH SERVICES - health visitor"),
        "3C": Code("HEALTH SERVICES - school nurse"),
        "3D": Code("HEALTH SERVICES - other primary health services"),
        "3E": Code("HEALTH SERVICES - A&E (accident and emergency department)"),
        "3F": Code("HEALTH SERVICES - other (for example hospice)"),
        "4": Code("HOUSING - local authority housing or housing association"),
        "5A": Code("LA SERVICES - social care for example adults social care services"),
        "5B": Code(
            "LA SERVICES - other internal (department other than social care in local authorities, for example, youth offending (excluding housing))"
        ),
        "5C": Code(
            "LA SERVICES - external, for example, from another local authority's adults social care services"
        ),
        "6": Code("POLICE"),
        "7": Code(
            "OTHER LEGAL AGENCY - including courts, probation, immigration, CAFCASS (Children and Family Court Advisory and Support Service) or prison"
        ),
        "8": Code(
            "OTHER - including children's centres, independent agency providers or voluntary organisations"
        ),
        "9": Code("ANONYMOUS"),
        "10": Code("UNKNOWN"),
        "5D": Code("LA SERVICES - early help", 2023),
    },
    "CategoryOfAbuse": {
        "NEG": Code("Neglect"),
        "PHY": Code("Physical abuse"),
        "SAB": Code("Sexual abuse"),
        "EMO": Code("Emotional abuse"),
        "MUL": Code("Multiple/not recommended"),
    },
    "PrimaryNeedCode": {
        "N1": Code("Abuse, neglect and exploitation"),
        "N2": Code("Child's disability"),
        "N3": Code("Parental disability or illness"),
        "N4": Code("Family in acute stress"),
        "N5": Code("Family dysfunction"),
        "N6": Code("Socially unacceptable behaviour"),
        "N7": Code("Low income"),
        "N8": Code("Absent parenting"),
        "N9": Code("Cases other than children in need"),
        "N0": Code("Not stated"),
    },
    "ReasonForClosure": {
        "RC1": Code("Adopted"),
        "RC2": Code("Died"),
        "RC3": Code("Child arrangements order"),
        "RC4": Code("Special guardianship order"),
        "RC5": Code("Transferred to services of another local authority"),
        "RC6": Code("Transferred to adult social care services"),
        "RC7": Code("Services ceased for any other reason, including child no longer in need"),
        "RC8": Code("Case closed after assessment, no further action"),
        "RC9": Code("Case closed after assessment, referred to early help", 2023),
    },
    "AssessmentFactors": {
        "1A": Code("Alcohol misuse: concerns about alcohol misuse by the child"),
        "1B": Code("Alcohol misuse: concerns about alcohol misuse by the parent(s)/carer(s)"),
        "1C": Code("Alcohol misuse: concerns about alcohol misuse by another person living in the household"),
        "2A": Code("Drug misuse: concerns about drug misuse by the child"),
        "2B": Code("Drug misuse: concerns about drug misuse by the parent(s)/carer(s)"),
        "2C": Code("Drug misuse: concerns about drug misuse by another person living in the household"),
        "3A": Code("Domestic violence: concerns about the child being the subject of domestic violence"),
        "3B": Code(
            "Domestic violence: concerns about the child's parent(s)/carer(s) being the subject of domestic violence"
        ),
        "3C": Code(
            "Domestic violence: concerns about another person living in the household being the subject of domestic violence"
        ),
        "4A": Code("Mental health: concerns about the mental health of the child"),
        "4B": Code("Mental health: concerns about the mental health of the parent(s)/carer(s)"),
        "4C": Code(
            "Mental health: concerns about the mental health of another person in the family/household"
        ),
        "5A": Code("Learning disability: concerns about the child's learning disability"),
        "5B": Code("Learning disability: concerns about the parent(s)/carer(s) learning disability"),
        "5C": Code(
            "Learning disability: concerns about another person in the family/household's learning disability"
        ),
        "6A": Code(
            "Physical disability or illness: concerns about a physical disability or illness of the child"
        ),
        "6B": Code(
            "Physical disability or illness: concerns about a physical disability or illness of the parent(s)/carer(s)"
        ),
        "6C": Code(
            "Physical disability or illness: concerns about a physical disability or illness of another person in the family/household"
        ),
        "7A": Code(
            "Young carer: concerns that services may be required or the child's health or development may be impaired due to their caring responsibilities"
        ),
        "8B": Code(
            "Privately fostered: concerns that services may be required or the child may be at risk as a privately fostered child - overseas children who intend to return"
        ),
        "8C": Code(
            "Privately fostered: concerns that services may be required or the child may be at risk as a privately fostered child - overseas children who intend to stay"
        ),
        "8D": Code(
            "Privately fostered: concerns that services may be required or the child may be at risk as a privately fostered child - UK children in educational placements"
        ),
        "8E": Code(
            "Privately fostered: concerns that services may be required or the child may be at risk as a privately fostered child - UK children making alternative family arrangements"
        ),
        "8F": Code(
            "Privately fostered: concerns that services may be required or the child may be at risk as a privately fostered child - other"
        ),
        "9A": Code(
            "UASC: concerns that services may be required or the child may be at risk of harm as an unaccompanied asylum-seeking child"
        ),
        "10A": Code(
            "Missing: concerns that services may be required or the child may be at risk of harm due to going/being missing"
        ),
        "11A": Code(
            "Child sexual exploitation: concerns that services may be required or the child may be at risk of harm due to child sexual exploitation"
        ),
        "12A": Code(
            "Trafficking: concerns that services may be required or the child may be at risk of harm due to trafficking"
        ),
        "13A": Code(
            "Gangs: concerns that services may be required or the child may be at risk of harm because of involvement in/with gangs"
        ),
        "14A": Code(
            "Socially unacceptable behaviour: concerns that services may be required or the child may be at risk due to their socially unacceptable behaviour"
        ),
        "15A": Code(
            "Self-harm: concerns that services may be required or due to suspected/actual self-harming child may be at risk of harm"
        ),
        "16A": Code(
            "Abuse or neglect - 'NEGLECT': concerns that services may be required or the child may be suffering or likely to suffer significant harm due to abuse or neglect"
        ),
        "17A": Code(
            "Abuse or neglect - 'EMOTIONAL ABUSE': concerns that services may be required or the child may be suffering or likely to suffer significant harm due to abuse or neglect"
        ),
        "18A": Code(
            "Abuse or neglect - 'PHYSICAL ABUSE': concerns that services may be required or the child may be suffering or likely to suffer significant harm due to abuse or neglect"
        ),
        "19A": Code(
            "Abuse or neglect - 'SEXUAL ABUSE': concerns that services may be required or the child may be suffering or likely to suffer significant harm due to abuse or neglect"
        ),
        "20": Code("Other"),
        "21": Code(
            "No factors identified - only use this if there is no evidence of any of the factors above and no further action is being taken"
        ),
        "22A": Code(
            "Female genital mutilation (FGM) - concerns that services may be required or the child may be at risk due to female genital mutilation"
        ),
        "23A": Code(
            "Abuse linked to faith or belief - concerns that services may be required or the child may be at risk due to abuse linked to faith or belief"
        ),
        "18B": Code(
            "Abuse or neglect - 'PHYSICAL ABUSE' (child on child): concerns that services may be required or the child may be suffering or likely to suffer significant harm due to abuse or neglect by another child",
            2021,
        ),
        "18C": Code(
            "Abuse or neglect - 'PHYSICAL ABUSE' (adult on child): concerns that services may be required or the child may be suffering or likely to suffer significant harm due to abuse or neglect by an adult",
            2021,
        ),
        "19B": Code(
            "Abuse or neglect - 'SEXUAL ABUSE' (child on child): concerns that services may be required or the child may be suffering or likely to suffer significant harm due to abuse or neglect by another child",
            2021,
        ),
        "19C": Code(
            "Abuse or neglect - 'SEXUAL ABUSE' (adult on child): concerns that services may be required or the child may be suffering or likely to suffer significant harm due to abuse or neglect by an adult",
            2021,
        ),
        "24A": Code(
            "Child criminal exploitation: concerns that services may be required or the child may be at risk of harm due to child criminal exploitation",
            2022,
        ),
    },
    "Sex": {
        "M": Code("male", 2025),
        "F": Code("female", 2025),
        "U": Code("unknown", 2025),
    },
}


def allowed(codeset: str, code: str, year: int) -> bool:
    """Whether a return of this year may hold the code."""
    known = CODES[codeset].get(code)
    return known is not None and known.first <= year and (known.last is None or year <= known.last)
