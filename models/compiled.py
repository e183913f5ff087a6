"""Made by `python -m models.build` from models/statements/. Do not edit."""

from __future__ import annotations

Text = tuple[str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]

HEAD = '0028'

CLEARED: dict[str, tuple[str, ...]] = {'allegations': ('lado', 'lado_manager')}

SQLITE: dict[str, Text] = {'access_lists': ('SELECT access.id, access.case_id, access.person_id, access.practitioner_id, access.kind, access.because, access.by_login, access.second_login, access.from_at, access.until_at, '
                  'access.ended_at, access.ended_by, access.recorded_at, practitioner.login, practitioner.title, practitioner.agency, practitioner.to_on FROM access JOIN practitioner ON '
                  'practitioner.id = access.practitioner_id WHERE access.case_id = ? OR access.person_id = ? ORDER BY access.id',
                  (('case_id', 'plain'), ('person_id', 'plain')),
                  (('id', 'plain'),
                   ('case_id', 'plain'),
                   ('person_id', 'plain'),
                   ('practitioner_id', 'plain'),
                   ('kind', 'plain'),
                   ('because', 'plain'),
                   ('by_login', 'plain'),
                   ('second_login', 'plain'),
                   ('from_at', 'instant'),
                   ('until_at', 'instant'),
                   ('ended_at', 'instant'),
                   ('ended_by', 'plain'),
                   ('recorded_at', 'instant'),
                   ('login', 'plain'),
                   ('title', 'plain'),
                   ('agency', 'plain'),
                   ('to_on', 'day'))),
 'actions_of_supervision': ('SELECT supervision_action.id, supervision_action.supervision_id, supervision_action.owner_id, supervision_action.due_on, supervision_action.what, '
                            'supervision_action.ended_on, supervision_action.ended_as, supervision_action.ended_why, supervision_action.ended_by, supervision_action.ended_at, owner.login AS owner, '
                            'supervised.login AS practitioner, supervision.held_on FROM supervision_action JOIN supervision ON supervision.id = supervision_action.supervision_id JOIN practitioner AS '
                            "owner ON owner.id = supervision_action.owner_id JOIN practitioner AS supervised ON supervised.id = supervision.practitioner_id WHERE ('*' = ?1 OR "
                            'supervision.supervisor_id = ?2 OR supervision.practitioner_id = ?2 OR (EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN practitioner AS head ON head.id = '
                            'practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = ?2 AND practitioner_role.from_on <= ?3 AND (practitioner_role.to_on IS NULL OR '
                            "practitioner_role.to_on >= ?3) AND (supervision.kind = 'school' AND (practitioner_role.role = 'headteacher' OR practitioner_role.role = 'principal') AND "
                            "coalesce(nullif(practitioner_role.team, ''), head.team) = supervision.team AND coalesce(nullif(practitioner_role.team, ''), head.team) != '' OR supervision.kind = "
                            "'social_care' AND (practitioner_role.role = 'senior_officer' OR practitioner_role.role = 'service_manager') AND (coalesce(nullif(practitioner_role.team, ''), head.team) "
                            "= supervision.team OR coalesce(nullif(practitioner_role.team, ''), head.team) = ''))))) AND supervision_action.supervision_id = ?4 ORDER BY supervision_action.id",
                            (('clears', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('supervision_id', 'plain')),
                            (('id', 'plain'),
                             ('supervision_id', 'plain'),
                             ('owner_id', 'plain'),
                             ('due_on', 'day'),
                             ('what', 'sealed_text'),
                             ('ended_on', 'day'),
                             ('ended_as', 'plain'),
                             ('ended_why', 'sealed_text'),
                             ('ended_by', 'plain'),
                             ('ended_at', 'instant'),
                             ('owner', 'plain'),
                             ('practitioner', 'plain'),
                             ('held_on', 'day'))),
 'add_access': ('INSERT INTO access (case_id, person_id, practitioner_id, kind, because, by_login, second_login, from_at, until_at, ended_at, ended_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '
                '?, ?, ?, ?)',
                (('case_id', 'plain'),
                 ('person_id', 'plain'),
                 ('practitioner_id', 'plain'),
                 ('kind', 'plain'),
                 ('because', 'plain'),
                 ('by_login', 'plain'),
                 ('second_login', 'plain'),
                 ('from_at', 'instant'),
                 ('until_at', 'instant'),
                 ('ended_at', 'instant'),
                 ('ended_by', 'plain'),
                 ('recorded_at', 'instant')),
                ()),
 'add_bank_holiday': ('INSERT INTO bank_holiday (day, name) VALUES (?, ?)', (('day', 'day'), ('name', 'plain')), ()),
 'add_calendar_feed': ('INSERT INTO calendar_feed (token, team, login, by_login, from_at, ended_at, ended_by) VALUES (?, ?, ?, ?, ?, ?, ?)',
                       (('token', 'plain'), ('team', 'plain'), ('login', 'plain'), ('by_login', 'plain'), ('from_at', 'instant'), ('ended_at', 'instant'), ('ended_by', 'plain')),
                       ()),
 'add_case_key': ('INSERT INTO case_key (case_ref, store_key, sealed, made_at) VALUES (?, ?, ?, ?)', (('case_ref', 'plain'), ('store_key', 'plain'), ('sealed', 'bytes'), ('made_at', 'instant')), ()),
 'add_check_run': ('INSERT INTO check_run (as_of, started_at, finished_at, rulebook, calendar, cases, missed, moved, reminded, parked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id',
                   (('as_of', 'instant'),
                    ('started_at', 'instant'),
                    ('finished_at', 'instant'),
                    ('rulebook', 'plain'),
                    ('calendar', 'plain'),
                    ('cases', 'plain'),
                    ('missed', 'plain'),
                    ('moved', 'plain'),
                    ('reminded', 'plain'),
                    ('parked', 'plain')),
                   (('id', 'plain'),)),
 'add_checkpoint': ('INSERT INTO checkpoint (at, chains, entries, root, text, signature, signed_by, outbox_id, follows) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id',
                    (('at', 'instant'),
                     ('chains', 'plain'),
                     ('entries', 'plain'),
                     ('root', 'bytes'),
                     ('text', 'plain'),
                     ('signature', 'bytes'),
                     ('signed_by', 'plain'),
                     ('outbox_id', 'plain'),
                     ('follows', 'plain')),
                    (('id', 'plain'),)),
 'add_checkpoint_leaf': ('INSERT INTO checkpoint_leaf (checkpoint_id, case_ref, entries, head, place) VALUES (?, ?, ?, ?, ?)',
                         (('checkpoint_id', 'plain'), ('case_ref', 'plain'), ('entries', 'plain'), ('head', 'bytes'), ('place', 'plain')),
                         ()),
 'add_copy_run': ('INSERT INTO copy_run (kind, started_at, finished_at, name, whole, said, chains, entries, root) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id',
                  (('kind', 'plain'),
                   ('started_at', 'instant'),
                   ('finished_at', 'instant'),
                   ('name', 'plain'),
                   ('whole', 'flag'),
                   ('said', 'plain'),
                   ('chains', 'plain'),
                   ('entries', 'plain'),
                   ('root', 'plain')),
                  (('id', 'plain'),)),
 'add_daily_count': ('INSERT INTO daily_count (day, pathway, team, open_cases, late, due_today, due_soon, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
                     (('day', 'day'), ('pathway', 'plain'), ('team', 'plain'), ('open_cases', 'plain'), ('late', 'plain'), ('due_today', 'plain'), ('due_soon', 'plain'), ('recorded_at', 'instant')),
                     ()),
 'add_deadline': ('INSERT INTO deadline ("key", case_id, rule, edition, start_event, started, due_on, due_at, plan_by, calendar, status, statutory, look_at, told, opened_seq, closed_at, closed_seq, '
                  'missed_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
                  (('key', 'plain'),
                   ('case_id', 'plain'),
                   ('rule', 'plain'),
                   ('edition', 'plain'),
                   ('start_event', 'plain'),
                   ('started', 'plain'),
                   ('due_on', 'day'),
                   ('due_at', 'instant'),
                   ('plan_by', 'day'),
                   ('calendar', 'plain'),
                   ('status', 'plain'),
                   ('statutory', 'flag'),
                   ('look_at', 'instant'),
                   ('told', 'plain'),
                   ('opened_seq', 'plain'),
                   ('closed_at', 'instant'),
                   ('closed_seq', 'plain'),
                   ('missed_seq', 'plain')),
                  ()),
 'add_document': ('INSERT INTO document (case_id, meeting_id, number, kind, recipient, person_id, version, form, template, template_print, rests_on, page, seq, made_at, made_by, size, fingerprint, '
                  'content, sent_at, sent_how, sent_by, sent_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
                  (('case_id', 'plain'),
                   ('meeting_id', 'plain'),
                   ('number', 'plain'),
                   ('kind', 'plain'),
                   ('recipient', 'plain'),
                   ('person_id', 'plain'),
                   ('version', 'plain'),
                   ('form', 'plain'),
                   ('template', 'plain'),
                   ('template_print', 'plain'),
                   ('rests_on', 'json'),
                   ('page', 'plain'),
                   ('seq', 'plain'),
                   ('made_at', 'instant'),
                   ('made_by', 'plain'),
                   ('size', 'plain'),
                   ('fingerprint', 'plain'),
                   ('content', 'sealed_text'),
                   ('sent_at', 'instant'),
                   ('sent_how', 'plain'),
                   ('sent_by', 'plain'),
                   ('sent_seq', 'plain')),
                  ()),
 'add_file_mark': ('INSERT INTO file_mark (case_id, person_id, kind, pension_on, page, by_login, from_at, ended_at, ended_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
                   (('case_id', 'plain'),
                    ('person_id', 'plain'),
                    ('kind', 'plain'),
                    ('pension_on', 'day'),
                    ('page', 'plain'),
                    ('by_login', 'plain'),
                    ('from_at', 'instant'),
                    ('ended_at', 'instant'),
                    ('ended_by', 'plain')),
                   ()),
 'add_form': ('INSERT INTO form_draft (practitioner_id, command, target, answers, begun_at, saved_at, finished_at, dropped_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id',
              (('practitioner_id', 'plain'),
               ('command', 'plain'),
               ('target', 'plain'),
               ('answers', 'json'),
               ('begun_at', 'instant'),
               ('saved_at', 'instant'),
               ('finished_at', 'instant'),
               ('dropped_at', 'instant')),
              (('id', 'plain'),)),
 'add_household_member': ('INSERT INTO household_member (household_id, person_id, part, from_on, to_on, recorded_at) VALUES (?, ?, ?, ?, ?, ?)',
                          (('household_id', 'plain'), ('person_id', 'plain'), ('part', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant')),
                          ()),
 'add_identifier_once': ('INSERT INTO person_identifier (person_id, scheme, value, from_on, to_on, recorded_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
                         (('person_id', 'plain'), ('scheme', 'plain'), ('value', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant')),
                         ()),
 'add_import_run': ('INSERT INTO import_run (kind, fingerprint, reference_date, started_at, finished_at, children, cases, unused) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id',
                    (('kind', 'plain'),
                     ('fingerprint', 'plain'),
                     ('reference_date', 'day'),
                     ('started_at', 'instant'),
                     ('finished_at', 'instant'),
                     ('children', 'plain'),
                     ('cases', 'plain'),
                     ('unused', 'plain')),
                    (('id', 'plain'),)),
 'add_import_unused': ('INSERT INTO import_unused (run_id, child, line, element, value, reason, rule, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
                       (('run_id', 'plain'), ('child', 'plain'), ('line', 'plain'), ('element', 'plain'), ('value', 'plain'), ('reason', 'plain'), ('rule', 'plain'), ('kind', 'plain')),
                       ()),
 'add_meeting_case': ('INSERT INTO meeting_case (meeting_id, case_id, joined_at, left_at) VALUES (?, ?, ?, ?)',
                      (('meeting_id', 'plain'), ('case_id', 'plain'), ('joined_at', 'instant'), ('left_at', 'instant')),
                      ()),
 'add_meeting_person': ('INSERT INTO meeting_person (meeting_id, person_id, part) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', (('meeting_id', 'plain'), ('person_id', 'plain'), ('part', 'plain')), ()),
 'add_notice': ('INSERT INTO notice ("key", kind, practitioner_id, agency, subject, body, queued_at, send_after, attempts, last_fault) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT ("key") DO '
                'NOTHING',
                (('key', 'plain'),
                 ('kind', 'plain'),
                 ('practitioner_id', 'plain'),
                 ('agency', 'plain'),
                 ('subject', 'plain'),
                 ('body', 'plain'),
                 ('queued_at', 'instant'),
                 ('send_after', 'instant'),
                 ('attempts', 'plain'),
                 ('last_fault', 'plain')),
                ()),
 'add_outbox': ('INSERT INTO outbox ("key", event, case_ref, pathway, team, rule, due_on, to_roles, effective_at, recorded_at, done_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT ("key") '
                'DO NOTHING',
                (('key', 'plain'),
                 ('event', 'plain'),
                 ('case_ref', 'plain'),
                 ('pathway', 'plain'),
                 ('team', 'plain'),
                 ('rule', 'plain'),
                 ('due_on', 'day'),
                 ('to_roles', 'plain'),
                 ('effective_at', 'instant'),
                 ('recorded_at', 'instant'),
                 ('done_at', 'instant')),
                ()),
 'add_payload': ('INSERT INTO trail_payload (case_ref, seq, salt, body) VALUES (?, ?, ?, ?)', (('case_ref', 'plain'), ('seq', 'plain'), ('salt', 'bytes'), ('body', 'sealed_text')), ()),
 'add_person_address': ('INSERT INTO person_address (person_id, lines, folded, postcode, confidential, from_on, to_on, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
                        (('person_id', 'plain'),
                         ('lines', 'plain'),
                         ('folded', 'plain'),
                         ('postcode', 'plain'),
                         ('confidential', 'flag'),
                         ('from_on', 'day'),
                         ('to_on', 'day'),
                         ('recorded_at', 'instant')),
                        ()),
 'add_person_characteristic': ('INSERT INTO person_characteristic (person_id, kind, code, from_on, to_on, recorded_at) VALUES (?, ?, ?, ?, ?, ?)',
                               (('person_id', 'plain'), ('kind', 'plain'), ('code', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant')),
                               ()),
 'add_person_identifier': ('INSERT INTO person_identifier (person_id, scheme, value, from_on, to_on, recorded_at) VALUES (?, ?, ?, ?, ?, ?)',
                           (('person_id', 'plain'), ('scheme', 'plain'), ('value', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant')),
                           ()),
 'add_person_link': ('INSERT INTO person_link (person_id, other_id, because, by_login, from_at, ended_at, ended_by, ended_because) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
                     (('person_id', 'plain'),
                      ('other_id', 'plain'),
                      ('because', 'plain'),
                      ('by_login', 'plain'),
                      ('from_at', 'instant'),
                      ('ended_at', 'instant'),
                      ('ended_by', 'plain'),
                      ('ended_because', 'plain')),
                     ()),
 'add_person_name': ('INSERT INTO person_name (person_id, kind, given, family, folded, sounds, from_on, to_on, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
                     (('person_id', 'plain'),
                      ('kind', 'plain'),
                      ('given', 'plain'),
                      ('family', 'plain'),
                      ('folded', 'plain'),
                      ('sounds', 'plain'),
                      ('from_on', 'day'),
                      ('to_on', 'day'),
                      ('recorded_at', 'instant')),
                     ()),
 'add_practitioner': ('INSERT INTO practitioner (login, title, agency, team, given, family, folded, birth_date, staff_number, email, from_on, to_on, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '
                      '?, ?, ?, ?) RETURNING id',
                      (('login', 'plain'),
                       ('title', 'plain'),
                       ('agency', 'plain'),
                       ('team', 'plain'),
                       ('given', 'plain'),
                       ('family', 'plain'),
                       ('folded', 'plain'),
                       ('birth_date', 'day'),
                       ('staff_number', 'plain'),
                       ('email', 'plain'),
                       ('from_on', 'day'),
                       ('to_on', 'day'),
                       ('recorded_at', 'instant')),
                      (('id', 'plain'),)),
 'add_practitioner_role': ('INSERT INTO practitioner_role (practitioner_id, role, agency, team, from_on, to_on, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
                           (('practitioner_id', 'plain'), ('role', 'plain'), ('agency', 'plain'), ('team', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant')),
                           ()),
 'add_proposal': ('INSERT INTO proposal (kind, target, details, because, asked_by, asked_at, verdict, decided_by, decided_at, decided_because) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
                  (('kind', 'plain'),
                   ('target', 'plain'),
                   ('details', 'json'),
                   ('because', 'plain'),
                   ('asked_by', 'plain'),
                   ('asked_at', 'instant'),
                   ('verdict', 'plain'),
                   ('decided_by', 'plain'),
                   ('decided_at', 'instant'),
                   ('decided_because', 'plain')),
                  ()),
 'add_record': ('INSERT INTO record (case_id, page, seq, kind, entry, title, happened_at, recorded_at, author, role, body, voided_seq, destroyed_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
                (('case_id', 'plain'),
                 ('page', 'plain'),
                 ('seq', 'plain'),
                 ('kind', 'plain'),
                 ('entry', 'plain'),
                 ('title', 'plain'),
                 ('happened_at', 'instant'),
                 ('recorded_at', 'instant'),
                 ('author', 'plain'),
                 ('role', 'plain'),
                 ('body', 'sealed_json'),
                 ('voided_seq', 'plain'),
                 ('destroyed_seq', 'plain')),
                ()),
 'add_relationship': ('INSERT INTO relationship (person_id, other_id, kind, from_on, to_on, recorded_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
                      (('person_id', 'plain'), ('other_id', 'plain'), ('kind', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant')),
                      ()),
 'add_restriction': ('INSERT INTO restriction (case_id, person_id, because, by_login, from_at, lifted_at, lifted_by, lifted_second) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
                     (('case_id', 'plain'),
                      ('person_id', 'plain'),
                      ('because', 'plain'),
                      ('by_login', 'plain'),
                      ('from_at', 'instant'),
                      ('lifted_at', 'instant'),
                      ('lifted_by', 'plain'),
                      ('lifted_second', 'plain')),
                     ()),
 'add_school_days': ('INSERT INTO school_days (school, terms, version, loaded_at) VALUES (?, ?, ?, ?)', (('school', 'plain'), ('terms', 'plain'), ('version', 'plain'), ('loaded_at', 'instant')), ()),
 'add_supervision': ('INSERT INTO supervision (kind, form, supervisor_id, practitioner_id, team, held_on, head_present, fingerprint, by_login, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) '
                     'RETURNING id',
                     (('kind', 'plain'),
                      ('form', 'plain'),
                      ('supervisor_id', 'plain'),
                      ('practitioner_id', 'plain'),
                      ('team', 'plain'),
                      ('held_on', 'day'),
                      ('head_present', 'flag'),
                      ('fingerprint', 'plain'),
                      ('by_login', 'plain'),
                      ('recorded_at', 'instant')),
                     (('id', 'plain'),)),
 'add_supervision_action': ('INSERT INTO supervision_action (supervision_id, owner_id, due_on, what, ended_on, ended_as, ended_why, ended_by, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
                            (('supervision_id', 'plain'),
                             ('owner_id', 'plain'),
                             ('due_on', 'day'),
                             ('what', 'sealed_text'),
                             ('ended_on', 'day'),
                             ('ended_as', 'plain'),
                             ('ended_why', 'sealed_text'),
                             ('ended_by', 'plain'),
                             ('ended_at', 'instant')),
                            ()),
 'add_supervision_case': ('INSERT INTO supervision_case (supervision_id, case_id, seq) VALUES (?, ?, ?)', (('supervision_id', 'plain'), ('case_id', 'plain'), ('seq', 'plain')), ()),
 'add_supervision_due': ('INSERT INTO supervision_due (practitioner_id, supervisor_id, kind, team, last_on, late, found_on) VALUES (?, ?, ?, ?, ?, ?, ?)',
                         (('practitioner_id', 'plain'), ('supervisor_id', 'plain'), ('kind', 'plain'), ('team', 'plain'), ('last_on', 'day'), ('late', 'flag'), ('found_on', 'day')),
                         ()),
 'add_supervision_signature': ('INSERT INTO supervision_signature (supervision_id, practitioner_id, capacity, instead_of, said, fingerprint, signed_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
                               (('supervision_id', 'plain'),
                                ('practitioner_id', 'plain'),
                                ('capacity', 'plain'),
                                ('instead_of', 'plain'),
                                ('said', 'sealed_text'),
                                ('fingerprint', 'plain'),
                                ('signed_at', 'instant')),
                               ()),
 'add_team_meeting': ('INSERT INTO team_meeting (team, held_on, by_login, recorded_at) VALUES (?, ?, ?, ?)',
                      (('team', 'plain'), ('held_on', 'day'), ('by_login', 'plain'), ('recorded_at', 'instant')),
                      ()),
 'add_tombstone': ('INSERT INTO tombstone (case_ref, pathway, entries, head, rule, because, by_login, second_login, destroyed_at, certificate) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
                   (('case_ref', 'plain'),
                    ('pathway', 'plain'),
                    ('entries', 'plain'),
                    ('head', 'bytes'),
                    ('rule', 'plain'),
                    ('because', 'plain'),
                    ('by_login', 'plain'),
                    ('second_login', 'plain'),
                    ('destroyed_at', 'instant'),
                    ('certificate', 'plain')),
                   ()),
 'add_trail': ('INSERT INTO trail (case_ref, seq, at, effective_at, actor, role, action, from_state, to_state, rule, basis, voids, "key", commitment, prev, hash, format) VALUES (?, ?, ?, ?, ?, ?, ?, '
               '?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
               (('case_ref', 'plain'),
                ('seq', 'plain'),
                ('at', 'instant'),
                ('effective_at', 'instant'),
                ('actor', 'plain'),
                ('role', 'plain'),
                ('action', 'plain'),
                ('from_state', 'plain'),
                ('to_state', 'plain'),
                ('rule', 'plain'),
                ('basis', 'plain'),
                ('voids', 'plain'),
                ('key', 'plain'),
                ('commitment', 'bytes'),
                ('prev', 'bytes'),
                ('hash', 'bytes'),
                ('format', 'plain')),
               ()),
 'add_training': ('INSERT INTO training (practitioner_id, completed_on, by_login, recorded_at) VALUES (?, ?, ?, ?)',
                  (('practitioner_id', 'plain'), ('completed_on', 'day'), ('by_login', 'plain'), ('recorded_at', 'instant')),
                  ()),
 'addresses_of_person': ('SELECT person_address.id, person_address.person_id, person_address.lines, person_address.folded, person_address.postcode, person_address.confidential, '
                         'person_address.from_on, person_address.to_on, person_address.recorded_at FROM person_address WHERE person_address.person_id = ? ORDER BY person_address.id',
                         (('person_id', 'plain'),),
                         (('id', 'plain'),
                          ('person_id', 'plain'),
                          ('lines', 'plain'),
                          ('folded', 'plain'),
                          ('postcode', 'plain'),
                          ('confidential', 'flag'),
                          ('from_on', 'day'),
                          ('to_on', 'day'),
                          ('recorded_at', 'instant'))),
 'adults_like_staff': ('SELECT person.id FROM person WHERE person.id IN (SELECT person_name.person_id FROM person_name WHERE person_name.folded IN (SELECT practitioner.folded FROM practitioner WHERE '
                       "practitioner.folded != '') UNION SELECT person_identifier.person_id FROM person_identifier WHERE person_identifier.value IN (SELECT practitioner.staff_number FROM "
                       "practitioner WHERE practitioner.staff_number IS NOT NULL) AND person_identifier.scheme IN ('staff_number', 'staff_number_again')) AND person.kind = 'adult' ORDER BY person.id",
                       (),
                       (('id', 'plain'),)),
 'any_case': ('SELECT pathway_case.id FROM pathway_case LIMIT 1 OFFSET 0', (), (('id', 'plain'),)),
 'any_practitioner': ('SELECT practitioner.id FROM practitioner LIMIT 1 OFFSET 0', (), (('id', 'plain'),)),
 'bank_holidays': ('SELECT bank_holiday.day, bank_holiday.name FROM bank_holiday ORDER BY bank_holiday.day', (), (('day', 'day'), ('name', 'plain'))),
 'before_a_key': ('SELECT EXISTS (SELECT tombstone.case_ref FROM tombstone WHERE tombstone.case_ref = ?1) AS destroyed, EXISTS (SELECT trail_payload.seq FROM trail_payload WHERE '
                  "trail_payload.case_ref = ?1 AND substr(trail_payload.body, 1, 3) = '~1.') AS sealed",
                  (('case_ref', 'plain'),),
                  (('destroyed', 'flag'), ('sealed', 'flag'))),
 'births_awaited': ('SELECT pathway_case.reference, pathway_case.facts, pathway_case.is_open, person.birth_date FROM person JOIN pathway_case ON pathway_case.person_id = person.id + 0 WHERE '
                    "pathway_case.guarded IS 1 AND person.expected_delivery_date IS NOT NULL ORDER BY pathway_case.reference || ''",
                    (),
                    (('reference', 'plain'), ('facts', 'sealed_json'), ('is_open', 'flag'), ('birth_date', 'day'))),
 'calendar_feed_of': ('SELECT calendar_feed.id, calendar_feed.token, calendar_feed.team, calendar_feed.login, calendar_feed.by_login, calendar_feed.from_at, calendar_feed.ended_at, '
                      'calendar_feed.ended_by FROM calendar_feed WHERE calendar_feed.team = ? AND calendar_feed.login = ? AND calendar_feed.ended_at IS NULL',
                      (('team', 'plain'), ('login', 'plain')),
                      (('id', 'plain'), ('token', 'plain'), ('team', 'plain'), ('login', 'plain'), ('by_login', 'plain'), ('from_at', 'instant'), ('ended_at', 'instant'), ('ended_by', 'plain'))),
 'case_by_id': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                'person.expected_delivery_date, person.died_on, person.kind AS person_kind FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE pathway_case.id = ?',
                (('case_id', 'plain'),),
                (('id', 'plain'),
                 ('reference', 'plain'),
                 ('pathway', 'plain'),
                 ('definition', 'plain'),
                 ('person_id', 'plain'),
                 ('episode_id', 'plain'),
                 ('state', 'plain'),
                 ('is_open', 'flag'),
                 ('outcome', 'plain'),
                 ('facts', 'sealed_json'),
                 ('version', 'plain'),
                 ('seq', 'plain'),
                 ('head', 'bytes'),
                 ('team', 'plain'),
                 ('lead', 'plain'),
                 ('restricted', 'flag'),
                 ('guarded', 'flag'),
                 ('basis', 'plain'),
                 ('opened_at', 'instant'),
                 ('closed_at', 'instant'),
                 ('changed_at', 'instant'),
                 ('birth_date', 'day'),
                 ('expected_delivery_date', 'day'),
                 ('died_on', 'day'),
                 ('person_kind', 'plain'))),
 'case_by_reference': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                       'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                       'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                       'person.expected_delivery_date, person.died_on, person.kind AS person_kind FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE pathway_case.reference = '
                       "?1 AND ('*' = ?2 OR replace(?2, '|' || pathway_case.team || '|', '') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                       "access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND "
                       '(access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = '
                       "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > "
                       "?5))) AND (pathway_case.guarded IS 0 OR '*' = ?6 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' "
                       'AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN '
                       "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                       "access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR replace(?6, ',' || pathway_case.pathway || ',', '') != ?6 OR "
                       "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL "
                       'AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access '
                       "WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 "
                       'AND (access.until_at IS NULL OR access.until_at > ?5))))',
                       (('reference', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                       (('id', 'plain'),
                        ('reference', 'plain'),
                        ('pathway', 'plain'),
                        ('definition', 'plain'),
                        ('person_id', 'plain'),
                        ('episode_id', 'plain'),
                        ('state', 'plain'),
                        ('is_open', 'flag'),
                        ('outcome', 'plain'),
                        ('facts', 'sealed_json'),
                        ('version', 'plain'),
                        ('seq', 'plain'),
                        ('head', 'bytes'),
                        ('team', 'plain'),
                        ('lead', 'plain'),
                        ('restricted', 'flag'),
                        ('guarded', 'flag'),
                        ('basis', 'plain'),
                        ('opened_at', 'instant'),
                        ('closed_at', 'instant'),
                        ('changed_at', 'instant'),
                        ('birth_date', 'day'),
                        ('expected_delivery_date', 'day'),
                        ('died_on', 'day'),
                        ('person_kind', 'plain'))),
 'case_key_of': ('SELECT case_key.case_ref, case_key.store_key, case_key.sealed, case_key.made_at FROM case_key WHERE case_key.case_ref = ?',
                 (('case_ref', 'plain'),),
                 (('case_ref', 'plain'), ('store_key', 'plain'), ('sealed', 'bytes'), ('made_at', 'instant'))),
 'case_keys_of': ('SELECT case_key.case_ref, case_key.store_key, case_key.sealed, case_key.made_at FROM case_key WHERE case_key.case_ref IN (SELECT listed.value FROM json_each(?) AS listed)',
                  (('references', 'plain'),),
                  (('case_ref', 'plain'), ('store_key', 'plain'), ('sealed', 'bytes'), ('made_at', 'instant'))),
 'case_to_change': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                    'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                    'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, (SELECT coalesce(max(record.page), 0) '
                    'AS coalesce_1 FROM record WHERE record.case_id = pathway_case.id) AS page, coalesce(((SELECT max(uncovered.id) AS max_1 FROM uncovered) - (SELECT min(uncovered.id) AS min_1 FROM '
                    "uncovered)) + 1, 0) AS waiting FROM pathway_case WHERE pathway_case.reference = ?1 AND ('*' = ?2 OR replace(?2, '|' || pathway_case.team || '|', '') != ?2 OR pathway_case.lead = "
                    "?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT "
                    'NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM '
                    "access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                    "<= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.guarded IS 0 OR '*' = ?6 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                    "access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR "
                    "access.until_at > ?5))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND "
                    'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR '
                    "replace(?6, ',' || pathway_case.pathway || ',', '') != ?6 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' "
                    "OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR "
                    "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS "
                    'NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))))',
                    (('reference', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                    (('id', 'plain'),
                     ('reference', 'plain'),
                     ('pathway', 'plain'),
                     ('definition', 'plain'),
                     ('person_id', 'plain'),
                     ('episode_id', 'plain'),
                     ('state', 'plain'),
                     ('is_open', 'flag'),
                     ('outcome', 'plain'),
                     ('facts', 'sealed_json'),
                     ('version', 'plain'),
                     ('seq', 'plain'),
                     ('head', 'bytes'),
                     ('team', 'plain'),
                     ('lead', 'plain'),
                     ('restricted', 'flag'),
                     ('guarded', 'flag'),
                     ('basis', 'plain'),
                     ('opened_at', 'instant'),
                     ('closed_at', 'instant'),
                     ('changed_at', 'instant'),
                     ('page', 'plain'),
                     ('waiting', 'plain'))),
 'cases_led_by': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.team, pathway_case.lead, pathway_case.opened_at FROM pathway_case WHERE pathway_case.is_open '
                  "AND ('*' = ?1 OR replace(?1, '|' || pathway_case.team || '|', '') != ?1 OR pathway_case.lead = ?2 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                  "access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND "
                  "(access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' "
                  "OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND "
                  "(pathway_case.guarded IS 0 OR '*' = ?5 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND "
                  'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.person_id NOT IN (SELECT '
                  "access.person_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 "
                  "AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.restricted IS 0 OR replace(?5, ',' || pathway_case.pathway || ',', '') != ?5 OR pathway_case.id IN "
                  "(SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS "
                  'NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id '
                  "= ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR "
                  "access.until_at > ?4)))) AND (pathway_case.lead = ?6 OR ?7 != '' AND pathway_case.lead = ?7) ORDER BY pathway_case.reference",
                  (('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain'), ('lead', 'plain'), ('title', 'plain')),
                  (('reference', 'plain'), ('pathway', 'plain'), ('state', 'plain'), ('team', 'plain'), ('lead', 'plain'), ('opened_at', 'instant'))),
 'cases_less_shut_than_said': ("SELECT pathway_case.reference FROM pathway_case WHERE pathway_case.restricted = 0 AND (pathway_case.pathway IN ('allegations') OR (EXISTS (SELECT restriction.id FROM "
                               'restriction WHERE restriction.case_id = pathway_case.id AND restriction.lifted_at IS NULL))) OR pathway_case.guarded = 0 AND (pathway_case.restricted = 1 OR '
                               "pathway_case.pathway IN ('allegations') OR (EXISTS (SELECT restriction.id FROM restriction WHERE restriction.case_id = pathway_case.id AND restriction.lifted_at IS "
                               "NULL)) OR (EXISTS (SELECT access.id FROM access WHERE access.case_id = pathway_case.id AND access.kind = 'excluded' AND access.ended_at IS NULL))) ORDER BY "
                               'pathway_case.reference',
                               (),
                               (('reference', 'plain'),)),
 'cases_nobody_leads': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.team, pathway_case.lead, pathway_case.opened_at FROM pathway_case WHERE '
                        "pathway_case.is_open AND ('*' = ?1 OR replace(?1, '|' || pathway_case.team || '|', '') != ?1 OR pathway_case.lead = ?2 OR pathway_case.id IN (SELECT access.case_id FROM "
                        "access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                        '<= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND '
                        "(access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR "
                        "access.until_at > ?4))) AND (pathway_case.guarded IS 0 OR '*' = ?5 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND "
                        "access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND "
                        "(pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND "
                        "access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.restricted IS 0 OR replace(?5, ',' || "
                        "pathway_case.pathway || ',', '') != ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind "
                        "= 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR "
                        "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id "
                        'IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)))) AND (pathway_case.lead IS NULL OR pathway_case.lead '
                        "= '') AND (?6 = '' OR pathway_case.team = ?6) ORDER BY pathway_case.opened_at, pathway_case.reference LIMIT ?7 OFFSET 0",
                        (('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain'), ('team', 'plain'), ('most', 'plain')),
                        (('reference', 'plain'), ('pathway', 'plain'), ('state', 'plain'), ('team', 'plain'), ('lead', 'plain'), ('opened_at', 'instant'))),
 'cases_of_another_person': ('SELECT pathway_case.reference FROM pathway_case JOIN episode ON episode.id = pathway_case.episode_id WHERE episode.person_id != pathway_case.person_id ORDER BY '
                             'pathway_case.reference',
                             (),
                             (('reference', 'plain'),)),
 'cases_of_meeting': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.person_id, pathway_case.state, pathway_case.version, meeting_case.joined_at, '
                      "meeting_case.left_at FROM pathway_case JOIN meeting_case ON meeting_case.case_id = pathway_case.id WHERE meeting_case.meeting_id = ?1 AND ('*' = ?2 OR replace(?2, '|' || "
                      "pathway_case.team || '|', '') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = "
                      "'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) "
                      "OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id "
                      "IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.guarded IS 0 OR '*' = ?6 OR "
                      "(pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS "
                      'NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                      "access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR "
                      "access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR replace(?6, ',' || pathway_case.pathway || ',', '') != ?6 OR pathway_case.id IN (SELECT access.case_id FROM access "
                      "WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 "
                      'AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = '
                      "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > "
                      '?5)))) ORDER BY pathway_case.reference',
                      (('meeting_id', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                      (('id', 'plain'),
                       ('reference', 'plain'),
                       ('pathway', 'plain'),
                       ('person_id', 'plain'),
                       ('state', 'plain'),
                       ('version', 'plain'),
                       ('joined_at', 'instant'),
                       ('left_at', 'instant'))),
 'cases_of_people': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                     'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                     'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                     'person.expected_delivery_date, person.died_on, person.kind AS person_kind, records.whose FROM pathway_case JOIN person ON person.id = pathway_case.person_id JOIN (SELECT '
                     'person.id AS whose, person.id AS record_id FROM person WHERE person.id IN (SELECT CAST(listed.value AS BIGINT) AS value FROM json_each(?1) AS listed) UNION ALL SELECT '
                     'person_link.person_id AS person_id, person_link.other_id AS other_id FROM person_link WHERE person_link.person_id IN (SELECT CAST(listed.value AS BIGINT) AS value FROM '
                     "json_each(?1) AS listed) AND person_link.ended_at IS NULL) AS records ON records.record_id = pathway_case.person_id WHERE ('*' = ?2 OR replace(?2, '|' || pathway_case.team || "
                     "'|', '') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind "
                     "= 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id "
                     "IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND "
                     "access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.guarded IS 0 OR '*' = ?6 OR (pathway_case.id NOT IN "
                     "(SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                     '<= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND '
                     "access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND "
                     "(pathway_case.restricted IS 0 OR replace(?6, ',' || pathway_case.pathway || ',', '') != ?6 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id "
                     "= ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR "
                     "access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = "
                     "'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)))) ORDER BY records.whose, "
                     'pathway_case.id',
                     (('people', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                     (('id', 'plain'),
                      ('reference', 'plain'),
                      ('pathway', 'plain'),
                      ('definition', 'plain'),
                      ('person_id', 'plain'),
                      ('episode_id', 'plain'),
                      ('state', 'plain'),
                      ('is_open', 'flag'),
                      ('outcome', 'plain'),
                      ('facts', 'sealed_json'),
                      ('version', 'plain'),
                      ('seq', 'plain'),
                      ('head', 'bytes'),
                      ('team', 'plain'),
                      ('lead', 'plain'),
                      ('restricted', 'flag'),
                      ('guarded', 'flag'),
                      ('basis', 'plain'),
                      ('opened_at', 'instant'),
                      ('closed_at', 'instant'),
                      ('changed_at', 'instant'),
                      ('birth_date', 'day'),
                      ('expected_delivery_date', 'day'),
                      ('died_on', 'day'),
                      ('person_kind', 'plain'),
                      ('whose', 'plain'))),
 'cases_of_person': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                     'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                     'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                     'person.expected_delivery_date, person.died_on, person.kind AS person_kind FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE pathway_case.person_id = ?1 '
                     "AND ('*' = ?2 OR replace(?2, '|' || pathway_case.team || '|', '') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                     "access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND "
                     '(access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = '
                     "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > "
                     "?5))) AND (pathway_case.guarded IS 0 OR '*' = ?6 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' "
                     'AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN '
                     "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                     "access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR replace(?6, ',' || pathway_case.pathway || ',', '') != ?6 OR "
                     "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL "
                     'AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access '
                     "WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 "
                     'AND (access.until_at IS NULL OR access.until_at > ?5)))) ORDER BY pathway_case.id',
                     (('person_id', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                     (('id', 'plain'),
                      ('reference', 'plain'),
                      ('pathway', 'plain'),
                      ('definition', 'plain'),
                      ('person_id', 'plain'),
                      ('episode_id', 'plain'),
                      ('state', 'plain'),
                      ('is_open', 'flag'),
                      ('outcome', 'plain'),
                      ('facts', 'sealed_json'),
                      ('version', 'plain'),
                      ('seq', 'plain'),
                      ('head', 'bytes'),
                      ('team', 'plain'),
                      ('lead', 'plain'),
                      ('restricted', 'flag'),
                      ('guarded', 'flag'),
                      ('basis', 'plain'),
                      ('opened_at', 'instant'),
                      ('closed_at', 'instant'),
                      ('changed_at', 'instant'),
                      ('birth_date', 'day'),
                      ('expected_delivery_date', 'day'),
                      ('died_on', 'day'),
                      ('person_kind', 'plain'))),
 'cases_of_siblings': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.person_id, pathway_case.opened_at FROM relationship JOIN pathway_case ON '
                       "pathway_case.person_id = relationship.other_id WHERE relationship.person_id = ?1 AND relationship.kind = 'sibling' AND ('*' = ?2 OR replace(?2, '|' || pathway_case.team || "
                       "'|', '') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR "
                       "access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR "
                       "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id "
                       "IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.guarded IS 0 OR '*' = ?6 OR "
                       "(pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at "
                       'IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                       "access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR "
                       "access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR replace(?6, ',' || pathway_case.pathway || ',', '') != ?6 OR pathway_case.id IN (SELECT access.case_id FROM "
                       "access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                       '<= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND '
                       "(access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR "
                       'access.until_at > ?5)))) ORDER BY pathway_case.reference',
                       (('person_id', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                       (('id', 'plain'), ('reference', 'plain'), ('pathway', 'plain'), ('person_id', 'plain'), ('opened_at', 'instant'))),
 'cases_of_siblings_then': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, relationship.to_on, relationship.recorded_at, relationship.end_recorded_at FROM relationship JOIN '
                            'pathway_case ON pathway_case.person_id = relationship.other_id WHERE relationship.person_id IN (SELECT ?1 AS person_id UNION ALL SELECT person_link.person_id FROM '
                            'person_link WHERE person_link.other_id = ?1 AND person_link.from_at < ?2 AND (person_link.ended_at IS NULL OR person_link.ended_at >= ?2) UNION ALL SELECT '
                            'person_link.other_id FROM person_link WHERE person_link.person_id = ?1 AND person_link.from_at < ?2 AND (person_link.ended_at IS NULL OR person_link.ended_at >= ?2) '
                            'UNION ALL SELECT fellow.other_id FROM person_link AS fellow JOIN person_link ON person_link.person_id = fellow.person_id WHERE person_link.other_id = ?1 AND '
                            'person_link.from_at < ?2 AND (person_link.ended_at IS NULL OR person_link.ended_at >= ?2) AND fellow.from_at < ?2 AND (fellow.ended_at IS NULL OR fellow.ended_at >= ?2)) '
                            "AND (relationship.kind = 'sibling' OR relationship.kind = 'half_sibling') AND relationship.recorded_at < ?2 AND ('*' = ?3 OR replace(?3, '|' || pathway_case.team || '|', "
                            "'') != ?3 OR pathway_case.lead = ?4 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR "
                            "access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR "
                            "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND "
                            'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.guarded IS 0 '
                            "OR '*' = ?7 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.case_id IS NOT NULL "
                            'AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.person_id NOT IN (SELECT access.person_id '
                            "FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND "
                            "(access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.restricted IS 0 OR replace(?7, ',' || pathway_case.pathway || ',', '') != ?7 OR pathway_case.id IN "
                            "(SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND "
                            'access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access '
                            "WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                            '<= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)))) ORDER BY pathway_case.reference',
                            (('person_id', 'plain'), ('until', 'instant'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                            (('id', 'plain'), ('reference', 'plain'), ('pathway', 'plain'), ('to_on', 'day'), ('recorded_at', 'instant'), ('end_recorded_at', 'instant'))),
 'cases_of_supervision': ('SELECT supervision_case.case_id, supervision_case.seq, pathway_case.reference, pathway_case.pathway FROM supervision_case JOIN pathway_case ON pathway_case.id = '
                          "supervision_case.case_id JOIN supervision ON supervision.id = supervision_case.supervision_id WHERE supervision_case.supervision_id = ?1 AND ('*' = ?2 OR replace(?2, '|' "
                          "|| pathway_case.team || '|', '') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND "
                          "(access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR "
                          "access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = "
                          "'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND "
                          "(pathway_case.guarded IS 0 OR '*' = ?6 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND "
                          'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN '
                          "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                          "access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR replace(?6, ',' || pathway_case.pathway || ',', '') != ?6 "
                          "OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT "
                          'NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM '
                          "access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                          "access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)))) AND ('*' = ?6 OR supervision.supervisor_id = ?4 OR supervision.practitioner_id = ?4 OR "
                          '(EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN practitioner AS head ON head.id = practitioner_role.practitioner_id WHERE '
                          'practitioner_role.practitioner_id = ?4 AND practitioner_role.from_on <= ?7 AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= ?7) AND (supervision.kind = '
                          "'school' AND (practitioner_role.role = 'headteacher' OR practitioner_role.role = 'principal') AND coalesce(nullif(practitioner_role.team, ''), head.team) = "
                          "supervision.team AND coalesce(nullif(practitioner_role.team, ''), head.team) != '' OR supervision.kind = 'social_care' AND (practitioner_role.role = 'senior_officer' OR "
                          "practitioner_role.role = 'service_manager') AND (coalesce(nullif(practitioner_role.team, ''), head.team) = supervision.team OR coalesce(nullif(practitioner_role.team, ''), "
                          "head.team) = ''))))) ORDER BY pathway_case.reference",
                          (('supervision_id', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain'), ('today', 'day')),
                          (('case_id', 'plain'), ('seq', 'plain'), ('reference', 'plain'), ('pathway', 'plain'))),
 'cases_of_whole_person': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                           'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                           'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                           'person.expected_delivery_date, person.died_on, person.kind AS person_kind FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE pathway_case.person_id '
                           'IN (SELECT ?1 AS person_id UNION ALL SELECT person_link.person_id FROM person_link WHERE person_link.other_id = ?1 AND person_link.ended_at IS NULL UNION ALL SELECT '
                           'person_link.other_id FROM person_link WHERE person_link.person_id = ?1 AND person_link.ended_at IS NULL UNION ALL SELECT fellow.other_id FROM person_link AS fellow JOIN '
                           "person_link ON person_link.person_id = fellow.person_id WHERE person_link.other_id = ?1 AND person_link.ended_at IS NULL AND fellow.ended_at IS NULL) AND ('*' = ?2 OR "
                           "replace(?2, '|' || pathway_case.team || '|', '') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = "
                           "?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL "
                           "OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind "
                           "= 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND "
                           "(pathway_case.guarded IS 0 OR '*' = ?6 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND "
                           'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN '
                           "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                           "access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR replace(?6, ',' || pathway_case.pathway || ',', '') != "
                           "?6 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS "
                           'NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id '
                           "FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                           'access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)))) ORDER BY pathway_case.id',
                           (('person_id', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                           (('id', 'plain'),
                            ('reference', 'plain'),
                            ('pathway', 'plain'),
                            ('definition', 'plain'),
                            ('person_id', 'plain'),
                            ('episode_id', 'plain'),
                            ('state', 'plain'),
                            ('is_open', 'flag'),
                            ('outcome', 'plain'),
                            ('facts', 'sealed_json'),
                            ('version', 'plain'),
                            ('seq', 'plain'),
                            ('head', 'bytes'),
                            ('team', 'plain'),
                            ('lead', 'plain'),
                            ('restricted', 'flag'),
                            ('guarded', 'flag'),
                            ('basis', 'plain'),
                            ('opened_at', 'instant'),
                            ('closed_at', 'instant'),
                            ('changed_at', 'instant'),
                            ('birth_date', 'day'),
                            ('expected_delivery_date', 'day'),
                            ('died_on', 'day'),
                            ('person_kind', 'plain'))),
 'cases_off_their_trail': ('SELECT pathway_case.reference FROM pathway_case LEFT OUTER JOIN trail ON trail.case_ref = pathway_case.reference AND trail.seq = pathway_case.seq WHERE trail.hash IS NULL '
                           'OR trail.hash != pathway_case.head OR trail.to_state != pathway_case.state ORDER BY pathway_case.reference LIMIT 20 OFFSET 0',
                           (),
                           (('reference', 'plain'),)),
 'cases_on_another_pathway': ("SELECT pathway_case.reference FROM pathway_case WHERE substr(pathway_case.reference, 1, length(CASE WHEN (pathway_case.pathway = 'front_door') THEN 'RF-' WHEN "
                              "(pathway_case.pathway = 'child_in_need') THEN 'CIN-' WHEN (pathway_case.pathway = 'child_protection') THEN 'CP-' WHEN (pathway_case.pathway = 'immediate_protection') "
                              "THEN 'IP-' WHEN (pathway_case.pathway = 'early_help') THEN 'EH-' WHEN (pathway_case.pathway = 'allegations') THEN 'LADO-' WHEN (pathway_case.pathway = "
                              "'missing_education') THEN 'CME-' WHEN (pathway_case.pathway = 'escalation') THEN 'ESC-' WHEN (pathway_case.pathway = 'encompass') THEN 'OE-' WHEN (pathway_case.pathway "
                              "= 'file_transfer') THEN 'FT-' WHEN (pathway_case.pathway = 'genital_mutilation') THEN 'FGM-' WHEN (pathway_case.pathway = 'serious_incident') THEN 'SI-' WHEN "
                              "(pathway_case.pathway = 'missing_child') THEN 'MIS-' WHEN (pathway_case.pathway = 'modern_slavery') THEN 'MS-' WHEN (pathway_case.pathway = 'prevent') THEN 'PRV-' WHEN "
                              "(pathway_case.pathway = 'licensing_notice') THEN 'LIC-' WHEN (pathway_case.pathway = 'neglect_screen') THEN 'NS-' ELSE '?' END)) != CASE WHEN (pathway_case.pathway = "
                              "'front_door') THEN 'RF-' WHEN (pathway_case.pathway = 'child_in_need') THEN 'CIN-' WHEN (pathway_case.pathway = 'child_protection') THEN 'CP-' WHEN "
                              "(pathway_case.pathway = 'immediate_protection') THEN 'IP-' WHEN (pathway_case.pathway = 'early_help') THEN 'EH-' WHEN (pathway_case.pathway = 'allegations') THEN "
                              "'LADO-' WHEN (pathway_case.pathway = 'missing_education') THEN 'CME-' WHEN (pathway_case.pathway = 'escalation') THEN 'ESC-' WHEN (pathway_case.pathway = 'encompass') "
                              "THEN 'OE-' WHEN (pathway_case.pathway = 'file_transfer') THEN 'FT-' WHEN (pathway_case.pathway = 'genital_mutilation') THEN 'FGM-' WHEN (pathway_case.pathway = "
                              "'serious_incident') THEN 'SI-' WHEN (pathway_case.pathway = 'missing_child') THEN 'MIS-' WHEN (pathway_case.pathway = 'modern_slavery') THEN 'MS-' WHEN "
                              "(pathway_case.pathway = 'prevent') THEN 'PRV-' WHEN (pathway_case.pathway = 'licensing_notice') THEN 'LIC-' WHEN (pathway_case.pathway = 'neglect_screen') THEN 'NS-' "
                              "ELSE '?' END ORDER BY pathway_case.reference",
                              (),
                              (('reference', 'plain'),)),
 'cases_on_board': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.team, pathway_case.lead, pathway_case.facts FROM pathway_case WHERE pathway_case.is_open '
                    "AND ('*' = ?1 OR replace(?1, '|' || pathway_case.team || '|', '') != ?1 OR pathway_case.lead = ?2 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                    "access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND "
                    '(access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = '
                    "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) "
                    "AND (pathway_case.guarded IS 0 OR '*' = ?5 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND "
                    'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.person_id NOT IN '
                    "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                    "access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.restricted IS 0 OR replace(?5, ',' || pathway_case.pathway || ',', '') != ?5 OR "
                    "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND "
                    'access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND "
                    "(access.until_at IS NULL OR access.until_at > ?4)))) AND pathway_case.pathway = ?6 AND pathway_case.restricted IS 0 AND (?7 = '' OR pathway_case.team = ?7) AND (?8 = '' OR "
                    'pathway_case.lead = ?8 OR pathway_case.lead = ?9) ORDER BY pathway_case.state, pathway_case.reference LIMIT ?10 OFFSET 0',
                    (('circle', 'plain'),
                     ('called', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('pathway', 'plain'),
                     ('team', 'plain'),
                     ('lead', 'plain'),
                     ('title', 'plain'),
                     ('most', 'plain')),
                    (('reference', 'plain'), ('pathway', 'plain'), ('state', 'plain'), ('team', 'plain'), ('lead', 'plain'), ('facts', 'sealed_json'))),
 'cases_stirred_since': ('SELECT pathway_case.reference FROM pathway_case WHERE pathway_case.person_id IN (SELECT own.person_id FROM (SELECT ?1 AS person_id UNION ALL SELECT person_link.person_id AS '
                         'person_id FROM person_link WHERE person_link.other_id = ?1 AND person_link.ended_at IS NULL UNION ALL SELECT person_link.other_id AS other_id FROM person_link WHERE '
                         'person_link.person_id = ?1 AND person_link.ended_at IS NULL UNION ALL SELECT fellow.other_id AS other_id FROM person_link AS fellow JOIN person_link ON '
                         'person_link.person_id = fellow.person_id WHERE person_link.other_id = ?1 AND person_link.ended_at IS NULL AND fellow.ended_at IS NULL) AS own UNION ALL SELECT '
                         "relationship.other_id FROM relationship WHERE relationship.person_id = ?1 AND relationship.kind = 'sibling') AND (EXISTS (SELECT trail.seq FROM trail WHERE trail.case_ref = "
                         'pathway_case.reference AND trail.at >= ?2)) AND (pathway_case.person_id IN (SELECT ?1 AS person_id UNION ALL SELECT person_link.person_id FROM person_link WHERE '
                         'person_link.other_id = ?1 AND person_link.ended_at IS NULL UNION ALL SELECT person_link.other_id FROM person_link WHERE person_link.person_id = ?1 AND person_link.ended_at '
                         'IS NULL UNION ALL SELECT fellow.other_id FROM person_link AS fellow JOIN person_link ON person_link.person_id = fellow.person_id WHERE person_link.other_id = ?1 AND '
                         'person_link.ended_at IS NULL AND fellow.ended_at IS NULL) OR (EXISTS (SELECT trail.seq FROM trail WHERE trail.case_ref = pathway_case.reference AND trail.seq = 1 AND '
                         "trail.action = 'opened_as_twin'))) AND ('*' = ?3 OR replace(?3, '|' || pathway_case.team || '|', '') != ?3 OR pathway_case.lead = ?4 OR pathway_case.id IN (SELECT "
                         "access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS "
                         'NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                         "access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND "
                         "(access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.guarded IS 0 OR '*' = ?7 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                         "access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR "
                         "access.until_at > ?6))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND "
                         'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.restricted IS 0 '
                         "OR replace(?7, ',' || pathway_case.pathway || ',', '') != ?7 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = "
                         "'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > "
                         "?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND "
                         'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)))) ORDER BY pathway_case.id',
                         (('person_id', 'plain'), ('since', 'instant'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                         (('reference', 'plain'),)),
 'cases_to_supervise': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.is_open, pathway_case.opened_at, coalesce(person_link.person_id, pathway_case.person_id) AS child, EXISTS '
                        '(SELECT file_mark.id FROM file_mark WHERE (file_mark.case_id = pathway_case.id OR file_mark.person_id = pathway_case.person_id) AND file_mark.kind = ?1 AND '
                        'file_mark.ended_at IS NULL) AS marked FROM pathway_case LEFT OUTER JOIN person_link ON person_link.other_id = pathway_case.person_id AND person_link.ended_at IS NULL WHERE '
                        "replace(?2, ',' || pathway_case.pathway || ',', '') != ?2 AND ('*' = ?3 OR replace(?3, '|' || pathway_case.team || '|', '') != ?3 OR pathway_case.lead = ?4 OR "
                        "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL "
                        'AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access '
                        "WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                        "?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.guarded IS 0 OR '*' = ?7 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                        "access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR "
                        "access.until_at > ?6))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND "
                        'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.restricted IS 0 '
                        "OR replace(?7, ',' || pathway_case.pathway || ',', '') != ?7 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = "
                        "'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > "
                        "?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND "
                        'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)))) AND (pathway_case.lead = ?8 OR ?9 '
                        "!= '' AND pathway_case.team = ?9) ORDER BY pathway_case.reference",
                        (('mark', 'plain'),
                         ('pathways', 'plain'),
                         ('circle', 'plain'),
                         ('called', 'plain'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('clears', 'plain'),
                         ('login', 'plain'),
                         ('team', 'plain')),
                        (('reference', 'plain'), ('pathway', 'plain'), ('is_open', 'flag'), ('opened_at', 'instant'), ('child', 'plain'), ('marked', 'flag'))),
 'cases_without_a_person': ('SELECT pathway_case.reference FROM pathway_case LEFT OUTER JOIN person ON person.id = pathway_case.person_id WHERE person.id IS NULL ORDER BY pathway_case.reference',
                            (),
                            (('reference', 'plain'),)),
 'cases_without_an_episode': ('SELECT pathway_case.reference FROM pathway_case LEFT OUTER JOIN episode ON episode.id = pathway_case.episode_id WHERE episode.id IS NULL ORDER BY '
                              'pathway_case.reference',
                              (),
                              (('reference', 'plain'),)),
 'cases_without_lead': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.team FROM pathway_case WHERE pathway_case.is_open = 1 AND pathway_case.guarded IS 0 AND (pathway_case.lead '
                        "IS NULL OR pathway_case.lead = '') AND pathway_case.opened_at < ? ORDER BY pathway_case.opened_at, pathway_case.id LIMIT ? OFFSET 0",
                        (('before', 'instant'), ('most', 'plain')),
                        (('reference', 'plain'), ('pathway', 'plain'), ('team', 'plain'))),
 'cases_without_page_keys': ('SELECT pathway_case.id, pathway_case.reference FROM pathway_case WHERE pathway_case.id > ? AND ((EXISTS (SELECT case_key.case_ref FROM case_key WHERE case_key.case_ref '
                             '= pathway_case.reference AND length(case_key.sealed) = 60)) OR (EXISTS (SELECT case_key.case_ref FROM case_key WHERE case_key.case_ref = pathway_case.reference)) AND '
                             "(EXISTS (SELECT record.page FROM record WHERE record.case_id = pathway_case.id AND substr(record.body, 1, length('~1.' || pathway_case.reference || '.')) = ('~1.' || "
                             "pathway_case.reference || '.')))) ORDER BY pathway_case.id LIMIT ? OFFSET 0",
                             (('after', 'plain'), ('most', 'plain')),
                             (('id', 'plain'), ('reference', 'plain'))),
 'chain_ends': ('SELECT trail.case_ref, trail.seq, trail.hash FROM trail JOIN (SELECT trail.case_ref AS case_ref, max(trail.seq) AS seq FROM trail GROUP BY trail.case_ref) AS last ON trail.case_ref '
                '= last.case_ref AND trail.seq = last.seq ORDER BY trail.case_ref',
                (),
                (('case_ref', 'plain'), ('seq', 'plain'), ('hash', 'bytes'))),
 'change_case': ('UPDATE pathway_case SET state=?, is_open=?, outcome=?, facts=?, version=(pathway_case.version + ?), seq=?, head=?, team=?, lead=?, closed_at=?, changed_at=? WHERE pathway_case.id = '
                 '? AND pathway_case.version = ?',
                 (('state', 'plain'),
                  ('is_open', 'flag'),
                  ('outcome', 'plain'),
                  ('facts', 'sealed_json'),
                  ('step', 'plain'),
                  ('seq', 'plain'),
                  ('head', 'bytes'),
                  ('team', 'plain'),
                  ('lead', 'plain'),
                  ('closed_at', 'instant'),
                  ('changed_at', 'instant'),
                  ('case_id', 'plain'),
                  ('seen', 'plain')),
                 ()),
 'change_meeting': ('UPDATE meeting SET booked_on=?, starts_at=?, place=?, chair=?, status=?, begins_at=? WHERE meeting.id = ?',
                    (('booked_on', 'day'), ('starts_at', 'instant'), ('place', 'plain'), ('chair', 'plain'), ('status', 'plain'), ('begins_at', 'instant'), ('meeting_id', 'plain')),
                    ()),
 'characteristics_of_person': ('SELECT person_characteristic.id, person_characteristic.person_id, person_characteristic.kind, person_characteristic.code, person_characteristic.from_on, '
                               'person_characteristic.to_on, person_characteristic.recorded_at FROM person_characteristic WHERE person_characteristic.person_id = ? ORDER BY person_characteristic.id',
                               (('person_id', 'plain'),),
                               (('id', 'plain'), ('person_id', 'plain'), ('kind', 'plain'), ('code', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant'))),
 'check_runs': ('SELECT check_run.id, check_run.as_of, check_run.started_at, check_run.finished_at, check_run.rulebook, check_run.calendar, check_run.cases, check_run.missed, check_run.moved, '
                'check_run.reminded, check_run.parked FROM check_run ORDER BY check_run.id DESC LIMIT ? OFFSET 0',
                (('most', 'plain'),),
                (('id', 'plain'),
                 ('as_of', 'instant'),
                 ('started_at', 'instant'),
                 ('finished_at', 'instant'),
                 ('rulebook', 'plain'),
                 ('calendar', 'plain'),
                 ('cases', 'plain'),
                 ('missed', 'plain'),
                 ('moved', 'plain'),
                 ('reminded', 'plain'),
                 ('parked', 'plain'))),
 'claim_notice': ('UPDATE notice SET send_after=?, attempts=(notice.attempts + 1) WHERE notice.id = ? AND notice.attempts = ? AND notice.sent_at IS NULL AND notice.given_up_at IS NULL',
                  (('send_after', 'instant'), ('notice_id', 'plain'), ('attempts', 'plain')),
                  ()),
 'clear_bank_holidays': ('DELETE FROM bank_holiday', (), ()),
 'clear_daily_count': ('DELETE FROM daily_count WHERE daily_count.day = ?', (('day', 'day'),), ()),
 'clocks_half_stopped': ('SELECT pathway_case.reference, deadline.opened_seq AS seq, deadline.rule FROM deadline JOIN pathway_case ON pathway_case.id = deadline.case_id WHERE (deadline.closed_at IS '
                         "NOT NULL) != (deadline.closed_seq IS NOT NULL) OR deadline.closed_at IS NOT NULL AND deadline.status = 'open' OR deadline.closed_at IS NULL AND deadline.status IN ('met', "
                         "'ended') ORDER BY pathway_case.reference, deadline.opened_seq",
                         (),
                         (('reference', 'plain'), ('seq', 'plain'), ('rule', 'plain'))),
 'clocks_running_out': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.team, deadline.rule, deadline."key", deadline.due_on, deadline.due_at FROM deadline JOIN pathway_case ON '
                        "pathway_case.id = deadline.case_id WHERE deadline.rule = ? AND deadline.status = 'open' AND deadline.closed_at IS NULL AND deadline.due_at > ? AND deadline.due_at <= ? AND "
                        'pathway_case.is_open = 1 AND pathway_case.guarded IS 0 ORDER BY deadline.due_at, deadline.id',
                        (('rule', 'plain'), ('now', 'instant'), ('until', 'instant')),
                        (('reference', 'plain'), ('pathway', 'plain'), ('team', 'plain'), ('rule', 'plain'), ('key', 'plain'), ('due_on', 'day'), ('due_at', 'instant'))),
 'clocks_to_change': ('SELECT deadline.id, deadline.rule, deadline.start_event, deadline.started, deadline.due_on, deadline.due_at FROM deadline WHERE deadline.case_id = (SELECT pathway_case.id FROM '
                      'pathway_case WHERE pathway_case.reference = ?) AND deadline.closed_at IS NULL ORDER BY deadline.due_at, deadline.id',
                      (('reference', 'plain'),),
                      (('id', 'plain'), ('rule', 'plain'), ('start_event', 'plain'), ('started', 'plain'), ('due_on', 'day'), ('due_at', 'instant'))),
 'close_deadline': ('UPDATE deadline SET status=?, look_at=NULL, closed_at=?, closed_seq=? WHERE deadline.id = ? AND deadline.closed_at IS NULL',
                    (('status', 'plain'), ('closed_at', 'instant'), ('closed_seq', 'plain'), ('deadline_id', 'plain')),
                    ()),
 'close_episode': ('UPDATE episode SET closed_on=? WHERE episode.id = ? AND episode.closed_on IS NULL AND NOT (EXISTS (SELECT * FROM pathway_case WHERE pathway_case.episode_id = episode.id AND '
                   'pathway_case.is_open = 1))',
                   (('closed_on', 'day'), ('episode_id', 'plain')),
                   ()),
 'concerns_since': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.is_open, pathway_case.outcome, pathway_case.team, pathway_case.opened_at, '
                    "pathway_case.facts, EXISTS (SELECT deadline.id FROM deadline WHERE deadline.case_id = pathway_case.id AND deadline.rule = ?1 AND deadline.status = 'missed' AND "
                    "deadline.closed_at IS NULL) AS unreported FROM pathway_case WHERE replace(?2, ',' || pathway_case.pathway || ',', '') != ?2 AND ('*' = ?3 OR replace(?3, '|' || pathway_case.team "
                    "|| '|', '') != ?3 OR pathway_case.lead = ?4 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR "
                    "access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR "
                    "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS "
                    "NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.guarded IS 0 OR '*' = ?7 OR "
                    "(pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS "
                    'NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR "
                    "access.until_at > ?6))) AND (pathway_case.restricted IS 0 OR replace(?7, ',' || pathway_case.pathway || ',', '') != ?7 OR pathway_case.id IN (SELECT access.case_id FROM access "
                    "WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND "
                    '(access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = '
                    "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > "
                    "?6)))) AND pathway_case.opened_at >= ?8 AND (?9 = '' OR pathway_case.team = ?9) ORDER BY pathway_case.opened_at DESC, pathway_case.reference",
                    (('rule', 'plain'),
                     ('pathways', 'plain'),
                     ('circle', 'plain'),
                     ('called', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('since', 'instant'),
                     ('team', 'plain')),
                    (('reference', 'plain'),
                     ('pathway', 'plain'),
                     ('state', 'plain'),
                     ('is_open', 'flag'),
                     ('outcome', 'plain'),
                     ('team', 'plain'),
                     ('opened_at', 'instant'),
                     ('facts', 'sealed_json'),
                     ('unreported', 'flag'))),
 'conferences_between': ('SELECT meeting.id, meeting.kind, meeting.booked_on, meeting.begins_at, meeting.place, meeting.chair, pathway_case.reference FROM meeting JOIN meeting_case ON '
                         "meeting_case.meeting_id = meeting.id JOIN pathway_case ON pathway_case.id = meeting_case.case_id WHERE meeting.booked_on >= ?1 AND meeting.booked_on <= ?2 AND ('*' = ?3 OR "
                         "replace(?3, '|' || pathway_case.team || '|', '') != ?3 OR pathway_case.lead = ?4 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 "
                         "AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR "
                         "access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = "
                         "'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND "
                         "(pathway_case.guarded IS 0 OR '*' = ?7 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND "
                         'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.person_id NOT IN '
                         "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                         "access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.restricted IS 0 OR replace(?7, ',' || pathway_case.pathway || ',', '') != ?7 "
                         "OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT "
                         'NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM '
                         "access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                         "access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)))) AND meeting.status = 'booked' AND meeting_case.left_at IS NULL AND (?8 = '' OR "
                         "pathway_case.team = ?8) AND (?9 = '' OR pathway_case.lead = ?9) ORDER BY meeting.booked_on, meeting.begins_at, meeting.id, pathway_case.reference",
                         (('since', 'day'),
                          ('until', 'day'),
                          ('circle', 'plain'),
                          ('called', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('clears', 'plain'),
                          ('team', 'plain'),
                          ('lead', 'plain')),
                         (('id', 'plain'), ('kind', 'plain'), ('booked_on', 'day'), ('begins_at', 'instant'), ('place', 'plain'), ('chair', 'plain'), ('reference', 'plain'))),
 'conferences_waiting_for_reports': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.team, pathway_case.facts, pathway_case.guarded, deadline.rule, '
                                     'deadline."key", deadline.started FROM deadline JOIN pathway_case ON pathway_case.id = deadline.case_id WHERE deadline.closed_at IS NULL AND deadline.due_at <= ? '
                                     "AND (deadline.rule = 'cp.report_icpc' OR deadline.rule = 'cp.report_rcpc') ORDER BY deadline.due_at, deadline.id",
                                     (('until', 'instant'),),
                                     (('id', 'plain'),
                                      ('reference', 'plain'),
                                      ('pathway', 'plain'),
                                      ('team', 'plain'),
                                      ('facts', 'sealed_json'),
                                      ('guarded', 'flag'),
                                      ('rule', 'plain'),
                                      ('key', 'plain'),
                                      ('started', 'plain'))),
 'conferences_without_day': ("SELECT pathway_case.reference, pathway_case.person_id FROM pathway_case WHERE pathway_case.pathway = 'child_protection' AND pathway_case.is_open AND "
                             'pathway_case.guarded IS 0 AND (EXISTS (SELECT deadline.id FROM deadline WHERE deadline.case_id = pathway_case.id AND deadline.closed_at IS NULL AND deadline.due_on <= '
                             "?1 AND replace(?2, ',' || deadline.rule || ',', '') != ?2)) AND NOT (EXISTS (SELECT meeting.id FROM meeting JOIN meeting_case ON meeting_case.meeting_id = meeting.id "
                             "WHERE meeting_case.case_id = pathway_case.id AND meeting_case.left_at IS NULL AND meeting.status = 'booked')) ORDER BY pathway_case.reference",
                             (('until', 'day'), ('rules', 'plain')),
                             (('reference', 'plain'), ('person_id', 'plain'))),
 'correct_episode': ('UPDATE episode SET closed_on=?, closure_reason=?, referral_source=?, primary_need=?, details=? WHERE episode.id = ?',
                     (('closed_on', 'day'), ('closure_reason', 'plain'), ('referral_source', 'plain'), ('primary_need', 'plain'), ('details', 'json'), ('episode_id', 'plain')),
                     ()),
 'correct_person': ('UPDATE person SET kind=?, birth_date=?, expected_delivery_date=?, died_on=?, sex=?, ethnicity=?, version=(person.version + 1), was=(person.was || ?) WHERE person.id = ?',
                    (('kind', 'plain'),
                     ('birth_date', 'day'),
                     ('expected_delivery_date', 'day'),
                     ('died_on', 'day'),
                     ('sex', 'plain'),
                     ('ethnicity', 'plain'),
                     ('before', 'plain'),
                     ('person_id', 'plain')),
                    ()),
 'count_all_work': ("SELECT count(*) AS work, count(*) FILTER (WHERE deadline.due_at < ?1 AND (deadline.rule NOT IN ('cme.ground_20', 'cme.ground_leave', 'cme.sao_notice', 'cme.school_age', "
                    "'cp.age_18', 'lado.refer_local', 'lado.target_1m'))) AS late, count(*) FILTER (WHERE NOT (deadline.due_at < ?1 AND (deadline.rule NOT IN ('cme.ground_20', 'cme.ground_leave', "
                    "'cme.sao_notice', 'cme.school_age', 'cp.age_18', 'lado.refer_local', 'lado.target_1m'))) AND deadline.due_at <= ?2) AS today, min(deadline.due_at) FILTER (WHERE deadline.due_at "
                    "< ?1 AND (deadline.rule NOT IN ('cme.ground_20', 'cme.ground_leave', 'cme.sao_notice', 'cme.school_age', 'cp.age_18', 'lado.refer_local', 'lado.target_1m'))) AS oldest FROM "
                    "deadline WHERE deadline.closed_at IS NULL AND (deadline.status = 'open' OR deadline.status = 'missed') AND deadline.due_at <= ?3 AND '*' = ?4 AND (deadline.case_id NOT IN "
                    "(SELECT pathway_case.id FROM pathway_case WHERE pathway_case.guarded AND (('*' = ?4 OR replace(?4, '|' || pathway_case.team || '|', '') != ?4 OR pathway_case.lead = ?5 OR "
                    "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?6 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND "
                    'access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR access.until_at > ?7)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = ?6 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND "
                    "(access.until_at IS NULL OR access.until_at > ?7))) AND (pathway_case.guarded IS 0 OR '*' = ?8 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                    "access.practitioner_id = ?6 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR "
                    "access.until_at > ?7))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?6 AND access.kind = 'excluded' AND "
                    'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR access.until_at > ?7))) AND (pathway_case.restricted IS 0 OR '
                    "replace(?8, ',' || pathway_case.pathway || ',', '') != ?8 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?6 AND (access.kind = 'allowed' "
                    "OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR access.until_at > ?7)) OR "
                    "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?6 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS "
                    'NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR access.until_at > ?7))))) IS NOT 1))',
                    (('now', 'instant'), ('tonight', 'instant'), ('until', 'instant'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                    (('work', 'plain'), ('late', 'plain'), ('today', 'plain'), ('oldest', 'instant'))),
 'count_cases_on_board': ("SELECT pathway_case.pathway, count(*) AS cases FROM pathway_case WHERE pathway_case.is_open AND ('*' = ?1 OR replace(?1, '|' || pathway_case.team || '|', '') != ?1 OR "
                          "pathway_case.lead = ?2 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') "
                          'AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN '
                          "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND "
                          "access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.guarded IS 0 OR '*' = ?5 OR (pathway_case.id NOT "
                          "IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                          'access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                          "access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL "
                          "OR access.until_at > ?4))) AND (pathway_case.restricted IS 0 OR replace(?5, ',' || pathway_case.pathway || ',', '') != ?5 OR pathway_case.id IN (SELECT access.case_id FROM "
                          "access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                          'access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id '
                          "= ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS "
                          "NULL OR access.until_at > ?4)))) AND pathway_case.restricted IS 0 AND (?6 = '' OR pathway_case.team = ?6) AND (?7 = '' OR pathway_case.lead = ?7 OR pathway_case.lead = ?8) "
                          'GROUP BY pathway_case.pathway',
                          (('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain'), ('team', 'plain'), ('lead', 'plain'), ('title', 'plain')),
                          (('pathway', 'plain'), ('cases', 'plain'))),
 'count_due': ('SELECT count(*) AS due, min(deadline.case_id) AS first, max(deadline.case_id) AS last FROM deadline WHERE deadline.look_at < ?',
               (('as_of', 'instant'),),
               (('due', 'plain'), ('first', 'plain'), ('last', 'plain'))),
 'count_due_seen': ("SELECT count(*) AS due FROM deadline JOIN pathway_case ON pathway_case.id = deadline.case_id WHERE deadline.look_at < ?1 AND ('*' = ?2 OR replace(?2, '|' || pathway_case.team || "
                    "'|', '') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = "
                    "'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN "
                    "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND "
                    "access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.guarded IS 0 OR '*' = ?6 OR (pathway_case.id NOT IN "
                    "(SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                    '<= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND '
                    "access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND "
                    "(pathway_case.restricted IS 0 OR replace(?6, ',' || pathway_case.pathway || ',', '') != ?6 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id "
                    "= ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR "
                    "access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') "
                    'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))))',
                    (('as_of', 'instant'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                    (('due', 'plain'),)),
 'count_notices': ("SELECT notice.given_up_at IS NOT NULL AS given_up, count(*) AS notices FROM notice WHERE notice.sent_at IS NULL AND ('*' = ? OR notice.practitioner_id IS NULL OR "
                   'notice.practitioner_id = ?) GROUP BY notice.given_up_at IS NOT NULL',
                   (('clears', 'plain'), ('viewer', 'plain')),
                   (('given_up', 'flag'), ('notices', 'plain'))),
 'count_open_cases': ("SELECT pathway_case.pathway, pathway_case.state, count(*) AS cases FROM pathway_case WHERE pathway_case.is_open AND ('*' = ?1 OR replace(?1, '|' || pathway_case.team || '|', "
                      "'') != ?1 OR pathway_case.lead = ?2 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = "
                      "'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id "
                      "IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND "
                      "access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.guarded IS 0 OR '*' = ?5 OR (pathway_case.id NOT IN "
                      "(SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                      '<= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND '
                      "access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND "
                      "(pathway_case.restricted IS 0 OR replace(?5, ',' || pathway_case.pathway || ',', '') != ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                      "access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND "
                      '(access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = '
                      "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > "
                      '?4)))) GROUP BY pathway_case.pathway, pathway_case.state ORDER BY pathway_case.pathway, pathway_case.state',
                      (('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                      (('pathway', 'plain'), ('state', 'plain'), ('cases', 'plain'))),
 'count_open_facts': ("SELECT count(*) AS cases FROM pathway_case WHERE pathway_case.facts != '{}' AND substr(pathway_case.facts, 1, 3) != '~1.' AND NOT (EXISTS (SELECT tombstone.case_ref FROM "
                      'tombstone WHERE tombstone.case_ref = pathway_case.reference)) AND ((EXISTS (SELECT case_key.case_ref FROM case_key WHERE case_key.case_ref = pathway_case.reference)) OR NOT '
                      '(EXISTS (SELECT trail_payload.case_ref FROM trail_payload WHERE trail_payload.case_ref = pathway_case.reference)))',
                      (),
                      (('cases', 'plain'),)),
 'count_restricted_on_board': ("SELECT pathway_case.pathway, count(*) AS cases FROM pathway_case WHERE pathway_case.is_open AND ('*' = ?1 OR replace(?1, '|' || pathway_case.team || '|', '') != ?1 OR "
                               "pathway_case.lead = ?2 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = "
                               "'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR "
                               "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND "
                               'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.guarded IS '
                               "0 OR '*' = ?5 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.case_id IS NOT "
                               'NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.person_id NOT IN (SELECT '
                               "access.person_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                               "access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.restricted IS 0 OR replace(?5, ',' || pathway_case.pathway || ',', '') "
                               "!= ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND "
                               'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN '
                               "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND "
                               "access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)))) AND pathway_case.restricted IS 1 AND (?6 = '' OR "
                               "pathway_case.team = ?6) AND (?7 = '' OR pathway_case.lead = ?7 OR pathway_case.lead = ?8) GROUP BY pathway_case.pathway",
                               (('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain'), ('team', 'plain'), ('lead', 'plain'), ('title', 'plain')),
                               (('pathway', 'plain'), ('cases', 'plain'))),
 'count_supervision_due': ("SELECT count(*) AS people, coalesce(sum(CASE WHEN supervision_due.late THEN 1 ELSE 0 END), 0) AS late FROM supervision_due WHERE ('*' = ?1 OR "
                           'supervision_due.supervisor_id = ?2 OR supervision_due.practitioner_id = ?2 OR (EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN practitioner AS head ON '
                           'head.id = practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = ?2 AND practitioner_role.from_on <= ?3 AND (practitioner_role.to_on IS NULL OR '
                           "practitioner_role.to_on >= ?3) AND (supervision_due.kind = 'school' AND (practitioner_role.role = 'headteacher' OR practitioner_role.role = 'principal') AND "
                           "coalesce(nullif(practitioner_role.team, ''), head.team) = supervision_due.team AND coalesce(nullif(practitioner_role.team, ''), head.team) != '' OR supervision_due.kind = "
                           "'social_care' AND (practitioner_role.role = 'senior_officer' OR practitioner_role.role = 'service_manager') AND (coalesce(nullif(practitioner_role.team, ''), head.team) = "
                           "supervision_due.team OR coalesce(nullif(practitioner_role.team, ''), head.team) = ''))))) AND NOT (EXISTS (SELECT supervision.id FROM supervision WHERE "
                           "supervision.practitioner_id = supervision_due.practitioner_id AND supervision.form = 'one_to_one' AND (supervision_due.last_on IS NULL OR supervision.held_on > "
                           'supervision_due.last_on)))',
                           (('clears', 'plain'), ('viewer', 'plain'), ('today', 'day')),
                           (('people', 'plain'), ('late', 'plain'))),
 'count_waiting_messages': ('SELECT count(*) AS messages FROM outbox WHERE outbox.done_at IS NULL AND NOT (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.reference = '
                            'outbox.case_ref AND pathway_case.guarded = 1))',
                            (),
                            (('messages', 'plain'),)),
 'count_without_page_keys': ('SELECT count(*) AS cases FROM pathway_case WHERE EXISTS (SELECT case_key.case_ref FROM case_key WHERE case_key.case_ref = pathway_case.reference AND '
                             'length(case_key.sealed) = 60)',
                             (),
                             (('cases', 'plain'),)),
 'count_work': ("SELECT count(*) AS work, count(*) FILTER (WHERE deadline.due_at < ?1 AND (deadline.rule NOT IN ('cme.ground_20', 'cme.ground_leave', 'cme.sao_notice', 'cme.school_age', 'cp.age_18', "
                "'lado.refer_local', 'lado.target_1m'))) AS late, count(*) FILTER (WHERE NOT (deadline.due_at < ?1 AND (deadline.rule NOT IN ('cme.ground_20', 'cme.ground_leave', 'cme.sao_notice', "
                "'cme.school_age', 'cp.age_18', 'lado.refer_local', 'lado.target_1m'))) AND deadline.due_at <= ?2) AS today, min(deadline.due_at) FILTER (WHERE deadline.due_at < ?1 AND "
                "(deadline.rule NOT IN ('cme.ground_20', 'cme.ground_leave', 'cme.sao_notice', 'cme.school_age', 'cp.age_18', 'lado.refer_local', 'lado.target_1m'))) AS oldest FROM deadline JOIN "
                "pathway_case ON pathway_case.id = deadline.case_id WHERE deadline.closed_at IS NULL AND (deadline.status = 'open' OR deadline.status = 'missed') AND deadline.due_at <= ?3 AND ('*' = "
                "?4 OR replace(?4, '|' || pathway_case.team || '|', '') != ?4 OR pathway_case.lead = ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?6 AND "
                "(access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR "
                "access.until_at > ?7)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?6 AND (access.kind = 'allowed' OR access.kind = 'glass') AND "
                "access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR access.until_at > ?7))) AND (pathway_case.guarded IS 0 OR '*' = ?8 "
                "OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?6 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS "
                'NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR access.until_at > ?7))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                "access.practitioner_id = ?6 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR "
                "access.until_at > ?7))) AND (pathway_case.restricted IS 0 OR replace(?8, ',' || pathway_case.pathway || ',', '') != ?8 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                "access.practitioner_id = ?6 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND "
                "(access.until_at IS NULL OR access.until_at > ?7)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?6 AND (access.kind = 'allowed' "
                "OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR access.until_at > ?7)))) AND (?9 = '' "
                "OR pathway_case.team = ?9) AND (?10 = '' OR pathway_case.lead = ?10 OR pathway_case.lead = ?11) AND (?12 = '' OR pathway_case.pathway = ?12) AND (?13 = '' OR pathway_case.state = "
                '?13)',
                (('now', 'instant'),
                 ('tonight', 'instant'),
                 ('until', 'instant'),
                 ('circle', 'plain'),
                 ('called', 'plain'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('clears', 'plain'),
                 ('team', 'plain'),
                 ('lead', 'plain'),
                 ('title', 'plain'),
                 ('pathway', 'plain'),
                 ('state', 'plain')),
                (('work', 'plain'), ('late', 'plain'), ('today', 'plain'), ('oldest', 'instant'))),
 'deadlines_of_case': ('SELECT deadline.id, deadline."key", deadline.case_id, deadline.rule, deadline.edition, deadline.start_event, deadline.started, deadline.due_on, deadline.due_at, '
                       'deadline.plan_by, deadline.calendar, deadline.status, deadline.statutory, deadline.look_at, deadline.told, deadline.opened_seq, deadline.closed_at, deadline.closed_seq, '
                       'deadline.missed_seq FROM deadline WHERE deadline.case_id = ? ORDER BY deadline.due_at, deadline.id',
                       (('case_id', 'plain'),),
                       (('id', 'plain'),
                        ('key', 'plain'),
                        ('case_id', 'plain'),
                        ('rule', 'plain'),
                        ('edition', 'plain'),
                        ('start_event', 'plain'),
                        ('started', 'plain'),
                        ('due_on', 'day'),
                        ('due_at', 'instant'),
                        ('plan_by', 'day'),
                        ('calendar', 'plain'),
                        ('status', 'plain'),
                        ('statutory', 'flag'),
                        ('look_at', 'instant'),
                        ('told', 'plain'),
                        ('opened_seq', 'plain'),
                        ('closed_at', 'instant'),
                        ('closed_seq', 'plain'),
                        ('missed_seq', 'plain'))),
 'deaths_behind_the_wall': ('SELECT pathway_case.reference FROM outbox JOIN pathway_case ON pathway_case.reference = outbox.case_ref WHERE outbox.event = \'pathways.person.died\' AND outbox."key" = '
                            "('death/' || outbox.case_ref) AND pathway_case.is_open IS 1 AND pathway_case.guarded IS 1 AND NOT (EXISTS (SELECT trail.seq FROM trail WHERE trail.case_ref = "
                            "pathway_case.reference AND trail.action = 'person_died')) ORDER BY pathway_case.reference || ''",
                            (),
                            (('reference', 'plain'),)),
 'decide_proposal': ("UPDATE proposal SET verdict=?, decided_by=?, decided_at=?, decided_because=? WHERE proposal.id = ? AND proposal.verdict = 'waiting'",
                     (('verdict', 'plain'), ('decided_by', 'plain'), ('decided_at', 'instant'), ('decided_because', 'plain'), ('proposal_id', 'plain')),
                     ()),
 'describe_practitioner': ('UPDATE practitioner SET title=coalesce(?, practitioner.title), agency=coalesce(?, practitioner.agency), team=coalesce(?, practitioner.team), given=coalesce(?, '
                           'practitioner.given), family=coalesce(?, practitioner.family), folded=coalesce(?, practitioner.folded), birth_date=coalesce(?, practitioner.birth_date), '
                           'staff_number=coalesce(?, practitioner.staff_number), email=coalesce(?, practitioner.email), to_on=coalesce(?, practitioner.to_on) WHERE practitioner.id = ?',
                           (('title', 'plain'),
                            ('agency', 'plain'),
                            ('team', 'plain'),
                            ('given', 'plain'),
                            ('family', 'plain'),
                            ('folded', 'plain'),
                            ('birth_date', 'day'),
                            ('staff_number', 'plain'),
                            ('email', 'plain'),
                            ('to_on', 'day'),
                            ('practitioner_id', 'plain')),
                           ()),
 'document_content': ('SELECT document.content FROM document WHERE document.id = ?', (('document_id', 'plain'),), (('content', 'sealed_text'),)),
 'document_with_content': ('SELECT document.id, document.case_id, document.meeting_id, document.number, document.kind, document.recipient, document.person_id, document.version, document.form, '
                           'document.template, document.template_print, document.rests_on, document.page, document.seq, document.made_at, document.made_by, document.size, document.fingerprint, '
                           'document.content, document.sent_at, document.sent_how, document.sent_by, document.sent_seq FROM document JOIN pathway_case ON pathway_case.id = document.case_id WHERE '
                           "document.case_id = ?1 AND document.number = ?2 AND ('*' = ?3 OR replace(?3, '|' || pathway_case.team || '|', '') != ?3 OR pathway_case.lead = ?4 OR pathway_case.id IN "
                           "(SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND "
                           'access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access '
                           "WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                           "<= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.guarded IS 0 OR '*' = ?7 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access "
                           "WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS "
                           "NULL OR access.until_at > ?6))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND "
                           'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.restricted IS '
                           "0 OR replace(?7, ',' || pathway_case.pathway || ',', '') != ?7 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind "
                           "= 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at "
                           "> ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND "
                           'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))))',
                           (('case_id', 'plain'), ('number', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                           (('id', 'plain'),
                            ('case_id', 'plain'),
                            ('meeting_id', 'plain'),
                            ('number', 'plain'),
                            ('kind', 'plain'),
                            ('recipient', 'plain'),
                            ('person_id', 'plain'),
                            ('version', 'plain'),
                            ('form', 'plain'),
                            ('template', 'plain'),
                            ('template_print', 'plain'),
                            ('rests_on', 'json'),
                            ('page', 'plain'),
                            ('seq', 'plain'),
                            ('made_at', 'instant'),
                            ('made_by', 'plain'),
                            ('size', 'plain'),
                            ('fingerprint', 'plain'),
                            ('content', 'sealed_text'),
                            ('sent_at', 'instant'),
                            ('sent_how', 'plain'),
                            ('sent_by', 'plain'),
                            ('sent_seq', 'plain'))),
 'documents_of_case': ('SELECT document.id, document.case_id, document.meeting_id, document.number, document.kind, document.recipient, document.person_id, document.version, document.form, '
                       'document.template, document.template_print, document.rests_on, document.page, document.seq, document.made_at, document.made_by, document.size, document.fingerprint, '
                       'document.sent_at, document.sent_how, document.sent_by, document.sent_seq FROM document JOIN pathway_case ON pathway_case.id = document.case_id WHERE document.case_id = ?1 AND '
                       "('*' = ?2 OR replace(?2, '|' || pathway_case.team || '|', '') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                       "access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND "
                       '(access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = '
                       "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > "
                       "?5))) AND (pathway_case.guarded IS 0 OR '*' = ?6 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' "
                       'AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN '
                       "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                       "access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR replace(?6, ',' || pathway_case.pathway || ',', '') != ?6 OR "
                       "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL "
                       'AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access '
                       "WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 "
                       'AND (access.until_at IS NULL OR access.until_at > ?5)))) ORDER BY document.number',
                       (('case_id', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                       (('id', 'plain'),
                        ('case_id', 'plain'),
                        ('meeting_id', 'plain'),
                        ('number', 'plain'),
                        ('kind', 'plain'),
                        ('recipient', 'plain'),
                        ('person_id', 'plain'),
                        ('version', 'plain'),
                        ('form', 'plain'),
                        ('template', 'plain'),
                        ('template_print', 'plain'),
                        ('rests_on', 'json'),
                        ('page', 'plain'),
                        ('seq', 'plain'),
                        ('made_at', 'instant'),
                        ('made_by', 'plain'),
                        ('size', 'plain'),
                        ('fingerprint', 'plain'),
                        ('sent_at', 'instant'),
                        ('sent_how', 'plain'),
                        ('sent_by', 'plain'),
                        ('sent_seq', 'plain'))),
 'documents_sent_since': ('SELECT document.sent_at, document.rests_on FROM document JOIN pathway_case ON pathway_case.id = document.case_id WHERE pathway_case.reference = ? AND document.sent_at >= ? '
                          'ORDER BY document.sent_at',
                          (('reference', 'plain'), ('since', 'instant')),
                          (('sent_at', 'instant'), ('rests_on', 'json'))),
 'documents_to_seal': ('SELECT document.id, document.page FROM document WHERE document.case_id = ?', (('case_id', 'plain'),), (('id', 'plain'), ('page', 'plain'))),
 'draw_case_keys': ('SELECT coalesce(max(pathway_case.id), 0) AS id FROM pathway_case', (), (('id', 'plain'),)),
 'draw_episode_keys': ('SELECT coalesce(max(episode.id), 0) AS id FROM episode', (), (('id', 'plain'),)),
 'draw_household_keys': ('SELECT coalesce(max(household.id), 0) AS id FROM household', (), (('id', 'plain'),)),
 'draw_meeting_keys': ('SELECT coalesce(max(meeting.id), 0) AS id FROM meeting', (), (('id', 'plain'),)),
 'draw_number': ('INSERT INTO counter (prefix, year, last) VALUES (?, ?, ?) ON CONFLICT (prefix, year) DO UPDATE SET last = (counter.last + 1) RETURNING last',
                 (('prefix', 'plain'), ('year', 'plain'), ('last', 'plain')),
                 (('last', 'plain'),)),
 'draw_numbers': ('INSERT INTO counter (prefix, year, last) VALUES (?, ?, ?) ON CONFLICT (prefix, year) DO UPDATE SET last = (counter.last + excluded.last) RETURNING last',
                  (('prefix', 'plain'), ('year', 'plain'), ('last', 'plain')),
                  (('last', 'plain'),)),
 'draw_person_keys': ('SELECT coalesce(max(person.id), 0) AS id FROM person', (), (('id', 'plain'),)),
 'drop_case_key': ('DELETE FROM case_key WHERE case_key.case_ref = ?', (('case_ref', 'plain'),), ()),
 'drop_deadlines': ('DELETE FROM deadline WHERE deadline.case_id = ?', (('case_id', 'plain'),), ()),
 'drop_documents': ('DELETE FROM document WHERE document.case_id = ?', (('case_id', 'plain'),), ()),
 'drop_drafts_of': ('DELETE FROM form_draft WHERE form_draft.target = ?', (('case_ref', 'plain'),), ()),
 'drop_every_case_key': ('DELETE FROM case_key', (), ()),
 'drop_form': ('UPDATE form_draft SET answers=?1, dropped_at=?2 WHERE form_draft.practitioner_id = ?3 AND form_draft.finished_at IS NULL AND form_draft.dropped_at IS NULL AND form_draft.id = (SELECT '
               'numbered.id FROM (SELECT counted.id AS id, row_number() OVER (ORDER BY counted.id) AS number FROM form_draft AS counted WHERE counted.practitioner_id = ?3) AS numbered WHERE '
               'numbered.number = ?4)',
               (('answers', 'json'), ('dropped_at', 'instant'), ('viewer', 'plain'), ('form_id', 'plain')),
               ()),
 'drop_forms_before': ('UPDATE form_draft SET answers=?, dropped_at=? WHERE form_draft.finished_at IS NULL AND form_draft.dropped_at IS NULL AND form_draft.saved_at < ?',
                       (('answers', 'json'), ('dropped_at', 'instant'), ('before', 'instant')),
                       ()),
 'drop_parked': ('DELETE FROM parked WHERE parked.case_id = ?', (('case_id', 'plain'),), ()),
 'drop_records': ('DELETE FROM record WHERE record.case_id = ?', (('case_id', 'plain'),), ()),
 'drop_runs': ('DELETE FROM tree_run', (), ()),
 'drop_uncovered': ('DELETE FROM uncovered WHERE uncovered.id IN (SELECT taken.value FROM json_each(?) AS taken)', (('ids', 'plain'),), ()),
 'due_chunk': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.state, pathway_case.seq, pathway_case.head, pathway_case.team, deadline.id '
               'AS deadline_id, deadline.rule, deadline.edition, deadline.due_on, deadline.due_at, deadline.status, deadline.statutory, deadline.look_at, deadline.told, deadline.missed_seq, '
               'deadline.opened_seq, deadline."key", pathway_case.guarded FROM json_each(?) AS taken JOIN deadline ON deadline.id = taken.value JOIN pathway_case ON pathway_case.id = '
               'deadline.case_id WHERE +deadline.look_at < ?',
               (('clocks', 'plain'), ('as_of', 'instant')),
               (('id', 'plain'),
                ('reference', 'plain'),
                ('pathway', 'plain'),
                ('definition', 'plain'),
                ('state', 'plain'),
                ('seq', 'plain'),
                ('head', 'bytes'),
                ('team', 'plain'),
                ('deadline_id', 'plain'),
                ('rule', 'plain'),
                ('edition', 'plain'),
                ('due_on', 'day'),
                ('due_at', 'instant'),
                ('status', 'plain'),
                ('statutory', 'flag'),
                ('look_at', 'instant'),
                ('told', 'plain'),
                ('missed_seq', 'plain'),
                ('opened_seq', 'plain'),
                ('key', 'plain'),
                ('guarded', 'flag'))),
 'due_clocks': ('SELECT deadline.case_id, deadline.id FROM deadline WHERE deadline.look_at < ? AND ((deadline.case_id / 256) % ?) = ? ORDER BY deadline.case_id + 0',
                (('as_of', 'instant'), ('shards', 'plain'), ('shard', 'plain')),
                (('case_id', 'plain'), ('id', 'plain'))),
 'editions_in_use': ('SELECT deadline.edition, min(deadline.started) AS since FROM deadline GROUP BY deadline.edition', (), (('edition', 'plain'), ('since', 'plain'))),
 'empty_document': ('UPDATE document SET content=? WHERE document.case_id = ? AND document.page = ?', (('content', 'sealed_text'), ('case_id', 'plain'), ('page', 'plain')), ()),
 'empty_episode': ('UPDATE episode SET closure_reason=NULL, referral_source=NULL, primary_need=NULL, details=? WHERE episode.id = ? AND NOT (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE '
                   'pathway_case.episode_id = episode.id AND (pathway_case.reference NOT IN (SELECT tombstone.case_ref FROM tombstone))))',
                   (('details', 'json'), ('episode_id', 'plain')),
                   ()),
 'empty_record': ('UPDATE record SET body=?, destroyed_seq=? WHERE record.case_id = ? AND record.page = ? AND record.destroyed_seq IS NULL',
                  (('body', 'sealed_json'), ('seq', 'plain'), ('case_id', 'plain'), ('page', 'plain')),
                  ()),
 'empty_supervision_actions': ('UPDATE supervision_action SET what=NULL, ended_why=NULL WHERE supervision_action.supervision_id = ?', (('supervision_id', 'plain'),), ()),
 'empty_supervision_signatures': ('UPDATE supervision_signature SET said=NULL WHERE supervision_signature.supervision_id = ?', (('supervision_id', 'plain'),), ()),
 'end_access': ('UPDATE access SET ended_at=?, ended_by=? WHERE access.id = ? AND access.ended_at IS NULL', (('ended_at', 'instant'), ('ended_by', 'plain'), ('access_id', 'plain')), ()),
 'end_address': ('UPDATE person_address SET to_on=? WHERE person_address.id = ? AND person_address.to_on IS NULL', (('to_on', 'day'), ('row_id', 'plain')), ()),
 'end_calendar_feed': ('UPDATE calendar_feed SET ended_at=?, ended_by=? WHERE calendar_feed.id = ? AND calendar_feed.ended_at IS NULL',
                       (('ended_at', 'instant'), ('ended_by', 'plain'), ('feed_id', 'plain')),
                       ()),
 'end_deadline': ('UPDATE deadline SET status=?, look_at=NULL, closed_at=?, closed_seq=? WHERE deadline.id = ?',
                  (('status', 'plain'), ('closed_at', 'instant'), ('closed_seq', 'plain'), ('deadline_id', 'plain')),
                  ()),
 'end_file_mark': ('UPDATE file_mark SET ended_at=?, ended_by=? WHERE file_mark.id = ? AND file_mark.ended_at IS NULL', (('ended_at', 'instant'), ('ended_by', 'plain'), ('mark_id', 'plain')), ()),
 'end_membership': ('UPDATE household_member SET to_on=? WHERE household_member.id = ? AND household_member.to_on IS NULL', (('to_on', 'day'), ('row_id', 'plain')), ()),
 'end_name': ('UPDATE person_name SET to_on=? WHERE person_name.id = ? AND person_name.to_on IS NULL', (('to_on', 'day'), ('row_id', 'plain')), ()),
 'end_person_link': ('UPDATE person_link SET ended_at=?, ended_by=?, ended_because=? WHERE person_link.id = ? AND person_link.ended_at IS NULL',
                     (('ended_at', 'instant'), ('ended_by', 'plain'), ('ended_because', 'plain'), ('link_id', 'plain')),
                     ()),
 'end_relationship': ('UPDATE relationship SET to_on=?, end_recorded_at=? WHERE relationship.id = ? AND relationship.to_on IS NULL', (('to_on', 'day'), ('now', 'instant'), ('row_id', 'plain')), ()),
 'end_roles': ("UPDATE practitioner_role SET to_on=?1 WHERE practitioner_role.practitioner_id = ?2 AND (?3 = '' OR practitioner_role.role = ?3) AND (practitioner_role.to_on IS NULL OR "
               'practitioner_role.to_on > ?1)',
               (('on', 'day'), ('practitioner_id', 'plain'), ('role', 'plain')),
               ()),
 'end_supervision': ('UPDATE supervision SET body=NULL, destroyed_at=?, destroyed_by=?, certificate=? WHERE supervision.id = ? AND supervision.destroyed_at IS NULL',
                     (('destroyed_at', 'instant'), ('destroyed_by', 'plain'), ('certificate', 'plain'), ('supervision_id', 'plain')),
                     ()),
 'end_supervision_action': ('UPDATE supervision_action SET ended_on=?, ended_as=?, ended_why=?, ended_by=?, ended_at=? WHERE supervision_action.id = ? AND supervision_action.ended_at IS NULL',
                            (('ended_on', 'day'), ('ended_as', 'plain'), ('ended_why', 'sealed_text'), ('ended_by', 'plain'), ('ended_at', 'instant'), ('action_id', 'plain')),
                            ()),
 'entry_code': ("SELECT trail.hash FROM trail JOIN pathway_case ON pathway_case.reference = trail.case_ref WHERE trail.case_ref = ?1 AND trail.seq = ?2 AND ('*' = ?3 OR replace(?3, '|' || "
                "pathway_case.team || '|', '') != ?3 OR pathway_case.lead = ?4 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' "
                "OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR "
                "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT "
                "NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.guarded IS 0 OR '*' = ?7 OR (pathway_case.id NOT "
                "IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                '?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND access.kind '
                "= 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND "
                "(pathway_case.restricted IS 0 OR replace(?7, ',' || pathway_case.pathway || ',', '') != ?7 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 "
                "AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR "
                "access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND "
                'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))))',
                (('reference', 'plain'), ('seq', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                (('hash', 'bytes'),)),
 'entry_of_key': ('SELECT trail.seq, trail.action, trail.hash, trail.actor FROM trail JOIN pathway_case ON pathway_case.reference = trail.case_ref WHERE trail.case_ref = ?1 AND trail."key" = ?2 AND '
                  "('*' = ?3 OR replace(?3, '|' || pathway_case.team || '|', '') != ?3 OR pathway_case.lead = ?4 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id "
                  "= ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR "
                  "access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') "
                  "AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.guarded IS 0 OR '*' "
                  "= ?7 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND "
                  'access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access '
                  "WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL "
                  "OR access.until_at > ?6))) AND (pathway_case.restricted IS 0 OR replace(?7, ',' || pathway_case.pathway || ',', '') != ?7 OR pathway_case.id IN (SELECT access.case_id FROM access "
                  "WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND "
                  "(access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' "
                  "OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))))",
                  (('reference', 'plain'), ('key', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                  (('seq', 'plain'), ('action', 'plain'), ('hash', 'bytes'), ('actor', 'plain'))),
 'episode_by_source_key': ('SELECT episode.id, episode.person_id, episode.opened_on, episode.closed_on, episode.closure_reason, episode.referral_source, episode.primary_need, episode.basis, '
                           'episode.source_key, episode.details, episode.recorded_at FROM episode WHERE episode.source_key = ?',
                           (('source_key', 'plain'),),
                           (('id', 'plain'),
                            ('person_id', 'plain'),
                            ('opened_on', 'day'),
                            ('closed_on', 'day'),
                            ('closure_reason', 'plain'),
                            ('referral_source', 'plain'),
                            ('primary_need', 'plain'),
                            ('basis', 'plain'),
                            ('source_key', 'plain'),
                            ('details', 'json'),
                            ('recorded_at', 'instant'))),
 'every_access_line': ('SELECT access.case_id, access.person_id, access.because, access.by_login, access.from_at, access.kind, access.until_at, access.ended_at, access.ended_by, '
                       'pathway_case.reference, practitioner.login FROM access LEFT OUTER JOIN pathway_case ON pathway_case.id = access.case_id LEFT OUTER JOIN practitioner ON practitioner.id = '
                       'access.practitioner_id ORDER BY access.id',
                       (),
                       (('case_id', 'plain'),
                        ('person_id', 'plain'),
                        ('because', 'plain'),
                        ('by_login', 'plain'),
                        ('from_at', 'instant'),
                        ('kind', 'plain'),
                        ('until_at', 'instant'),
                        ('ended_at', 'instant'),
                        ('ended_by', 'plain'),
                        ('reference', 'plain'),
                        ('login', 'plain'))),
 'every_case_key': ('SELECT case_key.case_ref, case_key.store_key, case_key.sealed, case_key.made_at FROM case_key ORDER BY case_key.case_ref',
                    (),
                    (('case_ref', 'plain'), ('store_key', 'plain'), ('sealed', 'bytes'), ('made_at', 'instant'))),
 'every_case_state': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.is_open, pathway_case.facts, pathway_case.seq, pathway_case.head, '
                      'pathway_case.definition, pathway_case.outcome, pathway_case.opened_at, pathway_case.closed_at, pathway_case.person_id, pathway_case.team, pathway_case.lead FROM pathway_case '
                      'ORDER BY pathway_case.reference',
                      (),
                      (('reference', 'plain'),
                       ('pathway', 'plain'),
                       ('state', 'plain'),
                       ('is_open', 'flag'),
                       ('facts', 'sealed_json'),
                       ('seq', 'plain'),
                       ('head', 'bytes'),
                       ('definition', 'plain'),
                       ('outcome', 'plain'),
                       ('opened_at', 'instant'),
                       ('closed_at', 'instant'),
                       ('person_id', 'plain'),
                       ('team', 'plain'),
                       ('lead', 'plain'))),
 'every_chain': ('SELECT chain.case_ref, chain.seq, chain.head, checkpoint_leaf.place, coalesce(checkpoint_leaf.entries, 0) AS covered, checkpoint_leaf.head AS covered_head FROM (SELECT '
                 'pathway_case.reference AS case_ref, pathway_case.seq AS seq, pathway_case.head AS head FROM pathway_case UNION ALL SELECT own.case_ref AS case_ref, (SELECT trail.seq FROM trail '
                 'WHERE trail.case_ref = own.case_ref ORDER BY trail.seq DESC LIMIT 1 OFFSET 0) AS seq, (SELECT trail.hash FROM trail WHERE trail.case_ref = own.case_ref ORDER BY trail.seq DESC '
                 "LIMIT 1 OFFSET 0) AS hash FROM (SELECT '~' || CAST(practitioner.id AS TEXT) AS case_ref FROM practitioner UNION ALL SELECT '~0' AS case_ref) AS own WHERE EXISTS (SELECT trail.seq "
                 'FROM trail WHERE trail.case_ref = own.case_ref) UNION ALL SELECT destroyed.case_ref AS case_ref, (SELECT trail.seq FROM trail WHERE trail.case_ref = destroyed.case_ref ORDER BY '
                 'trail.seq DESC LIMIT 1 OFFSET 0) AS seq, (SELECT trail.hash FROM trail WHERE trail.case_ref = destroyed.case_ref ORDER BY trail.seq DESC LIMIT 1 OFFSET 0) AS hash FROM (SELECT '
                 'tombstone.case_ref AS case_ref FROM tombstone WHERE NOT (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.reference = tombstone.case_ref))) AS destroyed WHERE '
                 'EXISTS (SELECT trail.seq FROM trail WHERE trail.case_ref = destroyed.case_ref)) AS chain LEFT OUTER JOIN checkpoint_leaf ON checkpoint_leaf.case_ref = chain.case_ref AND '
                 'checkpoint_leaf.checkpoint_id = (SELECT max(every_leaf.checkpoint_id) AS max_1 FROM checkpoint_leaf AS every_leaf WHERE every_leaf.case_ref = chain.case_ref)',
                 (),
                 (('case_ref', 'plain'), ('seq', 'plain'), ('head', 'bytes'), ('place', 'plain'), ('covered', 'plain'), ('covered_head', 'bytes'))),
 'every_checkpoint': ('SELECT checkpoint.id, checkpoint.at, checkpoint.chains, checkpoint.entries, checkpoint.root, checkpoint.text, checkpoint.signature, checkpoint.signed_by, checkpoint.outbox_id, '
                      'checkpoint.follows FROM checkpoint ORDER BY checkpoint.id',
                      (),
                      (('id', 'plain'),
                       ('at', 'instant'),
                       ('chains', 'plain'),
                       ('entries', 'plain'),
                       ('root', 'bytes'),
                       ('text', 'plain'),
                       ('signature', 'bytes'),
                       ('signed_by', 'plain'),
                       ('outbox_id', 'plain'),
                       ('follows', 'plain'))),
 'every_deadline': ('SELECT pathway_case.reference, deadline.rule, deadline.edition, deadline.start_event, deadline.started, deadline.due_on, deadline.due_at, deadline.plan_by, deadline.calendar, '
                    'deadline.status, deadline.statutory, deadline.look_at, deadline.opened_seq, deadline.closed_at, deadline.closed_seq, deadline.missed_seq, deadline."key" FROM pathway_case JOIN '
                    'deadline ON deadline.case_id = pathway_case.id + 0 ORDER BY pathway_case.reference, deadline.id',
                    (),
                    (('reference', 'plain'),
                     ('rule', 'plain'),
                     ('edition', 'plain'),
                     ('start_event', 'plain'),
                     ('started', 'plain'),
                     ('due_on', 'day'),
                     ('due_at', 'instant'),
                     ('plan_by', 'day'),
                     ('calendar', 'plain'),
                     ('status', 'plain'),
                     ('statutory', 'flag'),
                     ('look_at', 'instant'),
                     ('opened_seq', 'plain'),
                     ('closed_at', 'instant'),
                     ('closed_seq', 'plain'),
                     ('missed_seq', 'plain'),
                     ('key', 'plain'))),
 'every_document': ('SELECT pathway_case.reference, document.seq, document.number, document.version, document.form, document.fingerprint, document.id, document.sent_seq, document.page, '
                    'document.recipient, document.size, document.made_at, document.made_by, document.sent_at, document.sent_by, document.sent_how, document.kind, document.template, '
                    'document.template_print, document.rests_on FROM pathway_case JOIN document ON document.case_id = pathway_case.id + 0 ORDER BY pathway_case.reference, document.seq',
                    (),
                    (('reference', 'plain'),
                     ('seq', 'plain'),
                     ('number', 'plain'),
                     ('version', 'plain'),
                     ('form', 'plain'),
                     ('fingerprint', 'plain'),
                     ('id', 'plain'),
                     ('sent_seq', 'plain'),
                     ('page', 'plain'),
                     ('recipient', 'plain'),
                     ('size', 'plain'),
                     ('made_at', 'instant'),
                     ('made_by', 'plain'),
                     ('sent_at', 'instant'),
                     ('sent_by', 'plain'),
                     ('sent_how', 'plain'),
                     ('kind', 'plain'),
                     ('template', 'plain'),
                     ('template_print', 'plain'),
                     ('rests_on', 'json'))),
 'every_leaf': ('SELECT checkpoint_leaf.checkpoint_id, checkpoint_leaf.case_ref, checkpoint_leaf.entries, checkpoint_leaf.head, checkpoint_leaf.place FROM checkpoint_leaf ORDER BY '
                'checkpoint_leaf.checkpoint_id, checkpoint_leaf.case_ref',
                (),
                (('checkpoint_id', 'plain'), ('case_ref', 'plain'), ('entries', 'plain'), ('head', 'bytes'), ('place', 'plain'))),
 'every_leaf_by_chain': ('SELECT checkpoint_leaf.case_ref, checkpoint_leaf.entries, checkpoint_leaf.head FROM checkpoint_leaf ORDER BY checkpoint_leaf.case_ref, checkpoint_leaf.checkpoint_id',
                         (),
                         (('case_ref', 'plain'), ('entries', 'plain'), ('head', 'bytes'))),
 'every_record_print': ('SELECT pathway_case.reference, record.seq, record.page, record.kind, record.recorded_at, record.happened_at, record.author, record.role, record.voided_seq, '
                        'record.destroyed_seq, record.entry, record.body AS body FROM pathway_case JOIN record ON record.case_id = pathway_case.id + 0 ORDER BY pathway_case.reference, record.seq',
                        (),
                        (('reference', 'plain'),
                         ('seq', 'plain'),
                         ('page', 'plain'),
                         ('kind', 'plain'),
                         ('recorded_at', 'instant'),
                         ('happened_at', 'instant'),
                         ('author', 'plain'),
                         ('role', 'plain'),
                         ('voided_seq', 'plain'),
                         ('destroyed_seq', 'plain'),
                         ('entry', 'plain'),
                         ('body', 'sealed_text'))),
 'every_restriction_line': ('SELECT restriction.case_id, restriction.person_id, restriction.because, restriction.by_login, restriction.from_at, restriction.lifted_at, restriction.lifted_by, '
                            'restriction.lifted_second, pathway_case.reference FROM restriction LEFT OUTER JOIN pathway_case ON pathway_case.id = restriction.case_id ORDER BY restriction.id',
                            (),
                            (('case_id', 'plain'),
                             ('person_id', 'plain'),
                             ('because', 'plain'),
                             ('by_login', 'plain'),
                             ('from_at', 'instant'),
                             ('lifted_at', 'instant'),
                             ('lifted_by', 'plain'),
                             ('lifted_second', 'plain'),
                             ('reference', 'plain'))),
 'every_run': ('SELECT tree_run.level, tree_run.place, tree_run.hashes FROM tree_run ORDER BY tree_run.level, tree_run.place', (), (('level', 'plain'), ('place', 'plain'), ('hashes', 'bytes'))),
 'every_session_number': ('SELECT supervision.id, supervision.destroyed_at, supervision.certificate FROM supervision ORDER BY supervision.id',
                          (),
                          (('id', 'plain'), ('destroyed_at', 'instant'), ('certificate', 'plain'))),
 'every_supervision_due': ('SELECT supervision_due.id, supervision_due.practitioner_id, supervision_due.supervisor_id, supervision_due.kind, supervision_due.team, supervision_due.last_on, '
                           'supervision_due.late, supervision_due.found_on FROM supervision_due ORDER BY supervision_due.practitioner_id',
                           (),
                           (('id', 'plain'),
                            ('practitioner_id', 'plain'),
                            ('supervisor_id', 'plain'),
                            ('kind', 'plain'),
                            ('team', 'plain'),
                            ('last_on', 'day'),
                            ('late', 'flag'),
                            ('found_on', 'day'))),
 'every_supervision_signature': ('SELECT supervision_signature.id, supervision_signature.supervision_id, supervision_signature.practitioner_id, supervision_signature.capacity, '
                                 'supervision_signature.instead_of, supervision_signature.said, supervision_signature.fingerprint, supervision_signature.signed_at, signer.login FROM '
                                 'supervision_signature JOIN practitioner AS signer ON signer.id = supervision_signature.practitioner_id JOIN supervision ON supervision.id = '
                                 "supervision_signature.supervision_id WHERE '*' = ?1 OR supervision.supervisor_id = ?2 OR supervision.practitioner_id = ?2 OR (EXISTS (SELECT practitioner_role.id "
                                 'FROM practitioner_role JOIN practitioner AS head ON head.id = practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = ?2 AND '
                                 "practitioner_role.from_on <= ?3 AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= ?3) AND (supervision.kind = 'school' AND (practitioner_role.role "
                                 "= 'headteacher' OR practitioner_role.role = 'principal') AND coalesce(nullif(practitioner_role.team, ''), head.team) = supervision.team AND "
                                 "coalesce(nullif(practitioner_role.team, ''), head.team) != '' OR supervision.kind = 'social_care' AND (practitioner_role.role = 'senior_officer' OR "
                                 "practitioner_role.role = 'service_manager') AND (coalesce(nullif(practitioner_role.team, ''), head.team) = supervision.team OR "
                                 "coalesce(nullif(practitioner_role.team, ''), head.team) = '')))) ORDER BY supervision_signature.supervision_id, supervision_signature.id",
                                 (('clears', 'plain'), ('viewer', 'plain'), ('today', 'day')),
                                 (('id', 'plain'),
                                  ('supervision_id', 'plain'),
                                  ('practitioner_id', 'plain'),
                                  ('capacity', 'plain'),
                                  ('instead_of', 'plain'),
                                  ('said', 'sealed_text'),
                                  ('fingerprint', 'plain'),
                                  ('signed_at', 'instant'),
                                  ('login', 'plain'))),
 'every_tombstone': ('SELECT tombstone.case_ref, tombstone.entries, tombstone.head, tombstone.destroyed_at FROM tombstone ORDER BY tombstone.case_ref',
                     (),
                     (('case_ref', 'plain'), ('entries', 'plain'), ('head', 'bytes'), ('destroyed_at', 'instant'))),
 'exclusions_of': ('SELECT access.case_id, pathway_case.person_id, access.because FROM access JOIN pathway_case ON pathway_case.id = access.case_id WHERE access.practitioner_id = ? AND access.kind = '
                   "'excluded' AND access.ended_at IS NULL ORDER BY access.id",
                   (('practitioner_id', 'plain'),),
                   (('case_id', 'plain'), ('person_id', 'plain'), ('because', 'plain'))),
 'feed_deadlines': ('SELECT pathway_case.reference, pathway_case.pathway, CASE WHEN (deadline.rule IN (\'cp.report_icpc\', \'cp.report_rcpc\')) THEN pathway_case.facts END AS facts, deadline."key", '
                    'deadline.rule, deadline.due_on, deadline.due_at, deadline.status FROM deadline JOIN pathway_case ON pathway_case.id = deadline.case_id JOIN person ON person.id = '
                    "pathway_case.person_id WHERE deadline.closed_at IS NULL AND (?1 = '' OR pathway_case.team = ?1) AND (?2 = '' OR pathway_case.lead = ?2) AND pathway_case.guarded IS 0 AND "
                    "person.guarded IS 0 AND ('*' = ?3 OR replace(?3, '|' || pathway_case.team || '|', '') != ?3 OR pathway_case.lead = ?4 OR pathway_case.id IN (SELECT access.case_id FROM access "
                    "WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND "
                    '(access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = '
                    "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) "
                    "AND (pathway_case.guarded IS 0 OR '*' = ?7 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND "
                    'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.person_id NOT IN '
                    "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                    "access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.restricted IS 0 OR replace(?7, ',' || pathway_case.pathway || ',', '') != ?7 OR "
                    "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND "
                    'access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND "
                    '(access.until_at IS NULL OR access.until_at > ?6)))) ORDER BY deadline.due_on, pathway_case.reference, deadline.rule',
                    (('team', 'plain'), ('lead', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                    (('reference', 'plain'), ('pathway', 'plain'), ('facts', 'sealed_json'), ('key', 'plain'), ('rule', 'plain'), ('due_on', 'day'), ('due_at', 'instant'), ('status', 'plain'))),
 'feed_meetings': ('SELECT meeting.id, meeting.kind, meeting.booked_on, meeting.begins_at, meeting.starts_at, pathway_case.reference FROM meeting JOIN meeting_case ON meeting_case.meeting_id = '
                   'meeting.id JOIN pathway_case ON pathway_case.id = meeting_case.case_id JOIN person ON person.id = pathway_case.person_id WHERE meeting_case.left_at IS NULL AND meeting.booked_on '
                   ">= ?1 AND (?2 = '' OR pathway_case.team = ?2) AND (?3 = '' OR pathway_case.lead = ?3) AND pathway_case.guarded IS 0 AND person.guarded IS 0 AND ('*' = ?4 OR replace(?4, '|' || "
                   "pathway_case.team || '|', '') != ?4 OR pathway_case.lead = ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?6 AND (access.kind = "
                   "'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR access.until_at > ?7)) OR "
                   "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?6 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS "
                   "NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR access.until_at > ?7))) AND (pathway_case.guarded IS 0 OR '*' = ?8 OR "
                   "(pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?6 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS "
                   'NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR access.until_at > ?7))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                   "access.practitioner_id = ?6 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR "
                   "access.until_at > ?7))) AND (pathway_case.restricted IS 0 OR replace(?8, ',' || pathway_case.pathway || ',', '') != ?8 OR pathway_case.id IN (SELECT access.case_id FROM access "
                   "WHERE access.practitioner_id = ?6 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND "
                   '(access.until_at IS NULL OR access.until_at > ?7)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?6 AND (access.kind = '
                   "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR access.until_at > ?7)))) "
                   'ORDER BY meeting.booked_on, meeting.id, pathway_case.reference',
                   (('since', 'day'), ('team', 'plain'), ('lead', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                   (('id', 'plain'), ('kind', 'plain'), ('booked_on', 'day'), ('begins_at', 'instant'), ('starts_at', 'instant'), ('reference', 'plain'))),
 'fill_supervision': ("UPDATE supervision SET body=?, fingerprint=? WHERE supervision.id = ? AND supervision.fingerprint = ''",
                      (('body', 'sealed_json'), ('fingerprint', 'plain'), ('supervision_id', 'plain')),
                      ()),
 'finish_check_run': ('UPDATE check_run SET finished_at=?, cases=?, missed=?, moved=?, reminded=?, parked=? WHERE check_run.id = ?',
                      (('finished_at', 'instant'), ('cases', 'plain'), ('missed', 'plain'), ('moved', 'plain'), ('reminded', 'plain'), ('parked', 'plain'), ('run_id', 'plain')),
                      ()),
 'finish_form': ('UPDATE form_draft SET answers=?1, finished_at=?2 WHERE form_draft.practitioner_id = ?3 AND form_draft.finished_at IS NULL AND form_draft.dropped_at IS NULL AND form_draft.id = '
                 '(SELECT numbered.id FROM (SELECT counted.id AS id, row_number() OVER (ORDER BY counted.id) AS number FROM form_draft AS counted WHERE counted.practitioner_id = ?3) AS numbered '
                 'WHERE numbered.number = ?4)',
                 (('answers', 'json'), ('finished_at', 'instant'), ('viewer', 'plain'), ('form_id', 'plain')),
                 ()),
 'finish_import_run': ('UPDATE import_run SET finished_at=?, children=?, cases=?, unused=? WHERE import_run.id = ?',
                       (('finished_at', 'instant'), ('children', 'plain'), ('cases', 'plain'), ('unused', 'plain'), ('run_id', 'plain')),
                       ()),
 'forget_setting': ('DELETE FROM setting WHERE setting.name = ?', (('name', 'plain'),), ()),
 'forget_supervision_due': ('DELETE FROM supervision_due', (), ()),
 'form_begun': ('SELECT form_draft.id, form_draft.practitioner_id, form_draft.command, form_draft.target, form_draft.answers, form_draft.begun_at, form_draft.saved_at, form_draft.finished_at, '
                'form_draft.dropped_at, numbered.number FROM form_draft JOIN (SELECT counted.id AS id, row_number() OVER (ORDER BY counted.id) AS number FROM form_draft AS counted WHERE '
                'counted.practitioner_id = ?1) AS numbered ON numbered.id = form_draft.id WHERE form_draft.practitioner_id = ?1 AND form_draft.finished_at IS NULL AND form_draft.dropped_at IS NULL '
                "AND (form_draft.target = '' OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.reference = form_draft.target AND ('*' = ?2 OR replace(?2, '|' || "
                "pathway_case.team || '|', '') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?1 AND (access.kind = 'allowed' "
                "OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR "
                "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?1 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT "
                "NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.guarded IS 0 OR '*' = ?5 OR (pathway_case.id NOT "
                "IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?1 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                '?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?1 AND access.kind '
                "= 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND "
                "(pathway_case.restricted IS 0 OR replace(?5, ',' || pathway_case.pathway || ',', '') != ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?1 "
                "AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR "
                "access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?1 AND (access.kind = 'allowed' OR access.kind = 'glass') AND "
                'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))))))) AND numbered.number = ?6',
                (('viewer', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain'), ('form_id', 'plain')),
                (('id', 'plain'),
                 ('practitioner_id', 'plain'),
                 ('command', 'plain'),
                 ('target', 'plain'),
                 ('answers', 'json'),
                 ('begun_at', 'instant'),
                 ('saved_at', 'instant'),
                 ('finished_at', 'instant'),
                 ('dropped_at', 'instant'),
                 ('number', 'plain'))),
 'forms_begun': ('SELECT form_draft.id, form_draft.practitioner_id, form_draft.command, form_draft.target, form_draft.answers, form_draft.begun_at, form_draft.saved_at, form_draft.finished_at, '
                 'form_draft.dropped_at, numbered.number FROM form_draft JOIN (SELECT counted.id AS id, row_number() OVER (ORDER BY counted.id) AS number FROM form_draft AS counted WHERE '
                 'counted.practitioner_id = ?1) AS numbered ON numbered.id = form_draft.id WHERE form_draft.practitioner_id = ?1 AND form_draft.finished_at IS NULL AND form_draft.dropped_at IS NULL '
                 "AND (form_draft.target = '' OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.reference = form_draft.target AND ('*' = ?2 OR replace(?2, '|' || "
                 "pathway_case.team || '|', '') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?1 AND (access.kind = "
                 "'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR "
                 "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?1 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT "
                 "NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.guarded IS 0 OR '*' = ?5 OR (pathway_case.id NOT "
                 "IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?1 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                 '<= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?1 AND '
                 "access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND "
                 "(pathway_case.restricted IS 0 OR replace(?5, ',' || pathway_case.pathway || ',', '') != ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = "
                 "?1 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR "
                 "access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?1 AND (access.kind = 'allowed' OR access.kind = 'glass') "
                 'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))))))) ORDER BY form_draft.id',
                 (('viewer', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                 (('id', 'plain'),
                  ('practitioner_id', 'plain'),
                  ('command', 'plain'),
                  ('target', 'plain'),
                  ('answers', 'json'),
                  ('begun_at', 'instant'),
                  ('saved_at', 'instant'),
                  ('finished_at', 'instant'),
                  ('dropped_at', 'instant'),
                  ('number', 'plain'))),
 'gate_of_person': ('SELECT person.guarded, EXISTS (SELECT restriction.id FROM restriction WHERE restriction.person_id = person.id AND restriction.lifted_at IS NULL) AS by_hand FROM person WHERE '
                    'person.id = ?',
                    (('person_id', 'plain'),),
                    (('guarded', 'flag'), ('by_hand', 'flag'))),
 'give_up_notice': ('UPDATE notice SET last_fault=?, given_up_at=? WHERE notice.id = ?', (('last_fault', 'plain'), ('now', 'instant'), ('notice_id', 'plain')), ()),
 'grown_chains': ('SELECT chain.case_ref, chain.seq, chain.head, checkpoint_leaf.place, coalesce(checkpoint_leaf.entries, 0) AS covered, checkpoint_leaf.head AS covered_head FROM (SELECT '
                  'pathway_case.reference AS case_ref, pathway_case.seq AS seq, pathway_case.head AS head FROM pathway_case UNION ALL SELECT own.case_ref AS case_ref, (SELECT trail.seq FROM trail '
                  'WHERE trail.case_ref = own.case_ref ORDER BY trail.seq DESC LIMIT 1 OFFSET 0) AS seq, (SELECT trail.hash FROM trail WHERE trail.case_ref = own.case_ref ORDER BY trail.seq DESC '
                  "LIMIT 1 OFFSET 0) AS hash FROM (SELECT '~' || CAST(practitioner.id AS TEXT) AS case_ref FROM practitioner UNION ALL SELECT '~0' AS case_ref) AS own WHERE EXISTS (SELECT trail.seq "
                  'FROM trail WHERE trail.case_ref = own.case_ref) UNION ALL SELECT destroyed.case_ref AS case_ref, (SELECT trail.seq FROM trail WHERE trail.case_ref = destroyed.case_ref ORDER BY '
                  'trail.seq DESC LIMIT 1 OFFSET 0) AS seq, (SELECT trail.hash FROM trail WHERE trail.case_ref = destroyed.case_ref ORDER BY trail.seq DESC LIMIT 1 OFFSET 0) AS hash FROM (SELECT '
                  'tombstone.case_ref AS case_ref FROM tombstone WHERE NOT (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.reference = tombstone.case_ref))) AS destroyed WHERE '
                  'EXISTS (SELECT trail.seq FROM trail WHERE trail.case_ref = destroyed.case_ref)) AS chain LEFT OUTER JOIN checkpoint_leaf ON checkpoint_leaf.case_ref = chain.case_ref AND '
                  'checkpoint_leaf.checkpoint_id = (SELECT max(every_leaf.checkpoint_id) AS max_1 FROM checkpoint_leaf AS every_leaf WHERE every_leaf.case_ref = chain.case_ref) WHERE chain.seq > '
                  'coalesce(checkpoint_leaf.entries, 0)',
                  (),
                  (('case_ref', 'plain'), ('seq', 'plain'), ('head', 'bytes'), ('place', 'plain'), ('covered', 'plain'), ('covered_head', 'bytes'))),
 'guard_case': ('UPDATE pathway_case SET restricted=?, guarded=? WHERE pathway_case.id = ?', (('restricted', 'flag'), ('guarded', 'flag'), ('case_id', 'plain')), ()),
 'guard_person': ('UPDATE person SET restricted=?, guarded=? WHERE person.id = ?', (('restricted', 'flag'), ('guarded', 'flag'), ('person_id', 'plain')), ()),
 'hidden_cases': ("SELECT pathway_case.reference FROM pathway_case WHERE CASE WHEN (('*' = ?1 OR replace(?1, '|' || pathway_case.team || '|', '') != ?1 OR pathway_case.lead = ?2 OR pathway_case.id "
                  "IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at "
                  'IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                  "access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND "
                  "(access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.guarded IS 0 OR '*' = ?5 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                  "access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR "
                  "access.until_at > ?4))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id "
                  "IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.restricted IS 0 OR replace(?5, ',' || "
                  "pathway_case.pathway || ',', '') != ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = "
                  "'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN "
                  "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at "
                  'IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))))) THEN 0 ELSE 1 END = 1',
                  (('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                  (('reference', 'plain'),)),
 'holders_of_roles': ("SELECT practitioner.id, practitioner.login, practitioner.title, practitioner_role.role, practitioner_role.from_on, coalesce(nullif(practitioner_role.team, ''), "
                      "practitioner.team) AS team FROM practitioner_role JOIN practitioner ON practitioner.id = practitioner_role.practitioner_id WHERE replace(?1, ',' || practitioner_role.role || "
                      "',', '') != ?1 AND practitioner_role.from_on <= ?2 AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= ?2) AND practitioner.from_on <= ?2 AND "
                      '(practitioner.to_on IS NULL OR practitioner.to_on >= ?2) ORDER BY practitioner.login, practitioner_role.id',
                      (('roles', 'plain'), ('on', 'day')),
                      (('id', 'plain'), ('login', 'plain'), ('title', 'plain'), ('role', 'plain'), ('from_on', 'day'), ('team', 'plain'))),
 'household_by_id': ('SELECT household.id, household.label, household.recorded_at FROM household WHERE household.id = ?',
                     (('household_id', 'plain'),),
                     (('id', 'plain'), ('label', 'plain'), ('recorded_at', 'instant'))),
 'households_of_person': ('SELECT household_member.id, household_member.household_id, household_member.person_id, household_member.part, household_member.from_on, household_member.to_on, '
                          'household_member.recorded_at, household.label FROM household_member JOIN household ON household.id = household_member.household_id WHERE household_member.person_id = ? '
                          'ORDER BY household_member.id',
                          (('person_id', 'plain'),),
                          (('id', 'plain'),
                           ('household_id', 'plain'),
                           ('person_id', 'plain'),
                           ('part', 'plain'),
                           ('from_on', 'day'),
                           ('to_on', 'day'),
                           ('recorded_at', 'instant'),
                           ('label', 'plain'))),
 'identifiers_of_person': ('SELECT person_identifier.id, person_identifier.person_id, person_identifier.scheme, person_identifier.value, person_identifier.from_on, person_identifier.to_on, '
                           'person_identifier.recorded_at FROM person_identifier WHERE person_identifier.person_id = ? ORDER BY person_identifier.id',
                           (('person_id', 'plain'),),
                           (('id', 'plain'), ('person_id', 'plain'), ('scheme', 'plain'), ('value', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant'))),
 'import_by_fingerprint': ('SELECT import_run.id, import_run.kind, import_run.fingerprint, import_run.reference_date, import_run.started_at, import_run.finished_at, import_run.children, '
                           'import_run.cases, import_run.unused FROM import_run WHERE import_run.fingerprint = ? AND import_run.finished_at IS NOT NULL',
                           (('fingerprint', 'plain'),),
                           (('id', 'plain'),
                            ('kind', 'plain'),
                            ('fingerprint', 'plain'),
                            ('reference_date', 'day'),
                            ('started_at', 'instant'),
                            ('finished_at', 'instant'),
                            ('children', 'plain'),
                            ('cases', 'plain'),
                            ('unused', 'plain'))),
 'import_case': ('INSERT INTO pathway_case (id, reference, pathway, definition, person_id, episode_id, state, is_open, outcome, facts, version, seq, head, team, lead, restricted, guarded, basis, '
                 'opened_at, closed_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
                 (('id', 'plain'),
                  ('reference', 'plain'),
                  ('pathway', 'plain'),
                  ('definition', 'plain'),
                  ('person_id', 'plain'),
                  ('episode_id', 'plain'),
                  ('state', 'plain'),
                  ('is_open', 'flag'),
                  ('outcome', 'plain'),
                  ('facts', 'sealed_json'),
                  ('version', 'plain'),
                  ('seq', 'plain'),
                  ('head', 'bytes'),
                  ('team', 'plain'),
                  ('lead', 'plain'),
                  ('restricted', 'flag'),
                  ('guarded', 'flag'),
                  ('basis', 'plain'),
                  ('opened_at', 'instant'),
                  ('closed_at', 'instant'),
                  ('changed_at', 'instant')),
                 ()),
 'import_episode': ('INSERT INTO episode (id, person_id, opened_on, closed_on, closure_reason, referral_source, primary_need, basis, source_key, details, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '
                    '?, ?, ?)',
                    (('id', 'plain'),
                     ('person_id', 'plain'),
                     ('opened_on', 'day'),
                     ('closed_on', 'day'),
                     ('closure_reason', 'plain'),
                     ('referral_source', 'plain'),
                     ('primary_need', 'plain'),
                     ('basis', 'plain'),
                     ('source_key', 'plain'),
                     ('details', 'json'),
                     ('recorded_at', 'instant')),
                    ()),
 'import_household': ('INSERT INTO household (id, label, recorded_at) VALUES (?, ?, ?)', (('id', 'plain'), ('label', 'plain'), ('recorded_at', 'instant')), ()),
 'import_meeting': ('INSERT INTO meeting (id, kind, booked_on, starts_at, place, chair, status, household, recorded_at, begins_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
                    (('id', 'plain'),
                     ('kind', 'plain'),
                     ('booked_on', 'day'),
                     ('starts_at', 'instant'),
                     ('place', 'plain'),
                     ('chair', 'plain'),
                     ('status', 'plain'),
                     ('household', 'json'),
                     ('recorded_at', 'instant'),
                     ('begins_at', 'instant')),
                    ()),
 'import_person': ('INSERT INTO person (id, kind, birth_date, expected_delivery_date, died_on, sex, ethnicity, restricted, guarded, version, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
                   (('id', 'plain'),
                    ('kind', 'plain'),
                    ('birth_date', 'day'),
                    ('expected_delivery_date', 'day'),
                    ('died_on', 'day'),
                    ('sex', 'plain'),
                    ('ethnicity', 'plain'),
                    ('restricted', 'flag'),
                    ('guarded', 'flag'),
                    ('version', 'plain'),
                    ('recorded_at', 'instant')),
                   ()),
 'import_runs': ('SELECT import_run.id, import_run.kind, import_run.fingerprint, import_run.reference_date, import_run.started_at, import_run.finished_at, import_run.children, import_run.cases, '
                 'import_run.unused FROM import_run WHERE import_run.finished_at IS NOT NULL ORDER BY import_run.id DESC LIMIT ? OFFSET 0',
                 (('most', 'plain'),),
                 (('id', 'plain'),
                  ('kind', 'plain'),
                  ('fingerprint', 'plain'),
                  ('reference_date', 'day'),
                  ('started_at', 'instant'),
                  ('finished_at', 'instant'),
                  ('children', 'plain'),
                  ('cases', 'plain'),
                  ('unused', 'plain'))),
 'import_under_way': ('SELECT import_run.id, import_run.kind, import_run.fingerprint, import_run.reference_date, import_run.started_at, import_run.finished_at, import_run.children, import_run.cases, '
                      'import_run.unused FROM import_run WHERE import_run.fingerprint = ? AND import_run.finished_at IS NULL ORDER BY import_run.id DESC',
                      (('fingerprint', 'plain'),),
                      (('id', 'plain'),
                       ('kind', 'plain'),
                       ('fingerprint', 'plain'),
                       ('reference_date', 'day'),
                       ('started_at', 'instant'),
                       ('finished_at', 'instant'),
                       ('children', 'plain'),
                       ('cases', 'plain'),
                       ('unused', 'plain'))),
 'kept_of_person': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                    'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                    'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                    'person.expected_delivery_date, person.died_on, person.kind AS person_kind FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE NOT (EXISTS (SELECT '
                    "tombstone.case_ref FROM tombstone WHERE tombstone.case_ref = pathway_case.reference)) AND ('*' = ?1 OR replace(?1, '|' || pathway_case.team || '|', '') != ?1 OR "
                    "pathway_case.lead = ?2 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND "
                    'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT '
                    "access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS "
                    "NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.guarded IS 0 OR '*' = ?5 OR (pathway_case.id NOT IN (SELECT "
                    "access.case_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND "
                    '(access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = '
                    "'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND "
                    "(pathway_case.restricted IS 0 OR replace(?5, ',' || pathway_case.pathway || ',', '') != ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id "
                    "= ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR "
                    "access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') "
                    'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)))) AND pathway_case.person_id IN '
                    '(SELECT ?6 AS person_id UNION ALL SELECT person_link.person_id FROM person_link WHERE person_link.other_id = ?6 AND person_link.ended_at IS NULL UNION ALL SELECT '
                    'person_link.other_id FROM person_link WHERE person_link.person_id = ?6 AND person_link.ended_at IS NULL UNION ALL SELECT fellow.other_id FROM person_link AS fellow JOIN '
                    'person_link ON person_link.person_id = fellow.person_id WHERE person_link.other_id = ?6 AND person_link.ended_at IS NULL AND fellow.ended_at IS NULL) ORDER BY '
                    'pathway_case.reference',
                    (('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain'), ('person_id', 'plain')),
                    (('id', 'plain'),
                     ('reference', 'plain'),
                     ('pathway', 'plain'),
                     ('definition', 'plain'),
                     ('person_id', 'plain'),
                     ('episode_id', 'plain'),
                     ('state', 'plain'),
                     ('is_open', 'flag'),
                     ('outcome', 'plain'),
                     ('facts', 'sealed_json'),
                     ('version', 'plain'),
                     ('seq', 'plain'),
                     ('head', 'bytes'),
                     ('team', 'plain'),
                     ('lead', 'plain'),
                     ('restricted', 'flag'),
                     ('guarded', 'flag'),
                     ('basis', 'plain'),
                     ('opened_at', 'instant'),
                     ('closed_at', 'instant'),
                     ('changed_at', 'instant'),
                     ('birth_date', 'day'),
                     ('expected_delivery_date', 'day'),
                     ('died_on', 'day'),
                     ('person_kind', 'plain'))),
 'kept_records': ('SELECT person_link.other_id, person_link.person_id FROM person_link JOIN person ON person.id = person_link.person_id WHERE person_link.other_id IN (SELECT CAST(listed.value AS '
                  "BIGINT) AS value FROM json_each(?1) AS listed) AND person_link.ended_at IS NULL AND ('*' = ?2 OR '*' = ?3 AND (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id "
                  "FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND "
                  '(access.until_at IS NULL OR access.until_at > ?5))) AND person.restricted IS 0) OR (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access WHERE '
                  "access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR "
                  "access.until_at > ?5)))) AND (person.id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND "
                  'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR (EXISTS (SELECT pathway_case.id FROM '
                  "pathway_case WHERE pathway_case.person_id = person.id AND ('*' = ?3 OR replace(?3, '|' || pathway_case.team || '|', '') != ?3 OR pathway_case.lead = ?6 OR pathway_case.id IN "
                  "(SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS "
                  'NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id '
                  "= ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR "
                  "access.until_at > ?5))) AND (pathway_case.guarded IS 0 OR '*' = ?2 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND access.kind "
                  "= 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND "
                  "(pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND "
                  "access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR replace(?2, ',' || "
                  "pathway_case.pathway || ',', '') != ?2 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = "
                  "'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN "
                  "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at "
                  'IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)))))))) ORDER BY person_link.id',
                  (('people', 'plain'), ('clears', 'plain'), ('circle', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('called', 'plain')),
                  (('other_id', 'plain'), ('person_id', 'plain'))),
 'known_by_identifier': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, person.died_on, person.sex, person.ethnicity, person.restricted, person.guarded, '
                         'person.version, person.recorded_at, person.was, person_identifier.value FROM person JOIN person_identifier ON person_identifier.person_id = person.id WHERE '
                         "person_identifier.scheme IN (?1, ?1 || '_again') AND person_identifier.value = ?2 AND ('*' = ?3 OR '*' = ?4 AND (person.guarded IS 0 OR (person.id NOT IN (SELECT "
                         "access.person_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                         '<= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND person.restricted IS 0) OR (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access '
                         "WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS "
                         "NULL OR access.until_at > ?6)))) AND (person.id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = "
                         "'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR (EXISTS (SELECT "
                         "pathway_case.id FROM pathway_case WHERE pathway_case.person_id = person.id AND ('*' = ?4 OR replace(?4, '|' || pathway_case.team || '|', '') != ?4 OR pathway_case.lead = ?7 "
                         "OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT "
                         'NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM '
                         "access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                         "access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.guarded IS 0 OR '*' = ?3 OR (pathway_case.id NOT IN (SELECT access.case_id "
                         "FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND "
                         '(access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND '
                         "access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND "
                         "(pathway_case.restricted IS 0 OR replace(?3, ',' || pathway_case.pathway || ',', '') != ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                         "access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND "
                         '(access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = '
                         "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > "
                         '?6)))))))) ORDER BY person.id',
                         (('scheme', 'plain'), ('value', 'plain'), ('clears', 'plain'), ('circle', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('called', 'plain')),
                         (('id', 'plain'),
                          ('kind', 'plain'),
                          ('birth_date', 'day'),
                          ('expected_delivery_date', 'day'),
                          ('died_on', 'day'),
                          ('sex', 'plain'),
                          ('ethnicity', 'plain'),
                          ('restricted', 'flag'),
                          ('guarded', 'flag'),
                          ('version', 'plain'),
                          ('recorded_at', 'instant'),
                          ('was', 'plain'),
                          ('value', 'plain'))),
 'known_by_identifiers': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, person.died_on, person.sex, person.ethnicity, person.restricted, person.guarded, '
                          'person.version, person.recorded_at, person.was, person_identifier.value FROM person JOIN person_identifier ON person_identifier.person_id = person.id WHERE '
                          "person_identifier.scheme IN (?1, ?1 || '_again') AND person_identifier.value IN (SELECT listed.value FROM json_each(?2) AS listed) AND ('*' = ?3 OR '*' = ?4 AND "
                          "(person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.person_id IS NOT "
                          'NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND person.restricted IS 0) OR (person.guarded IS 0 OR '
                          "(person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at "
                          'IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)))) AND (person.id IN (SELECT access.person_id FROM access WHERE '
                          "access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 "
                          "AND (access.until_at IS NULL OR access.until_at > ?6)) OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.person_id = person.id AND ('*' = ?4 OR "
                          "replace(?4, '|' || pathway_case.team || '|', '') != ?4 OR pathway_case.lead = ?7 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 "
                          "AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR "
                          "access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = "
                          "'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND "
                          "(pathway_case.guarded IS 0 OR '*' = ?3 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND "
                          'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.person_id NOT IN '
                          "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                          "access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.restricted IS 0 OR replace(?3, ',' || pathway_case.pathway || ',', '') != ?3 "
                          "OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT "
                          'NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM '
                          "access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                          'access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)))))))) ORDER BY person.id',
                          (('scheme', 'plain'), ('numbers', 'plain'), ('clears', 'plain'), ('circle', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('called', 'plain')),
                          (('id', 'plain'),
                           ('kind', 'plain'),
                           ('birth_date', 'day'),
                           ('expected_delivery_date', 'day'),
                           ('died_on', 'day'),
                           ('sex', 'plain'),
                           ('ethnicity', 'plain'),
                           ('restricted', 'flag'),
                           ('guarded', 'flag'),
                           ('version', 'plain'),
                           ('recorded_at', 'instant'),
                           ('was', 'plain'),
                           ('value', 'plain'))),
 'last_checkpoint': ('SELECT checkpoint.id, checkpoint.at, checkpoint.chains, checkpoint.entries, checkpoint.root, checkpoint.text, checkpoint.signature, checkpoint.signed_by, checkpoint.outbox_id, '
                     'checkpoint.follows FROM checkpoint ORDER BY checkpoint.id DESC LIMIT 1 OFFSET 0',
                     (),
                     (('id', 'plain'),
                      ('at', 'instant'),
                      ('chains', 'plain'),
                      ('entries', 'plain'),
                      ('root', 'bytes'),
                      ('text', 'plain'),
                      ('signature', 'bytes'),
                      ('signed_by', 'plain'),
                      ('outbox_id', 'plain'),
                      ('follows', 'plain'))),
 'last_document': ('SELECT coalesce(max(document.number), 0) AS number FROM document WHERE document.case_id = ?', (('case_id', 'plain'),), (('number', 'plain'),)),
 'last_entry': ('SELECT trail.case_ref, trail.seq, trail.at, trail.effective_at, trail.actor, trail.role, trail.action, trail.from_state, trail.to_state, trail.rule, trail.basis, trail.voids, '
                'trail."key", trail.commitment, trail.prev, trail.hash, trail.format FROM trail WHERE trail.case_ref = ? ORDER BY trail.seq DESC LIMIT 1 OFFSET 0',
                (('reference', 'plain'),),
                (('case_ref', 'plain'),
                 ('seq', 'plain'),
                 ('at', 'instant'),
                 ('effective_at', 'instant'),
                 ('actor', 'plain'),
                 ('role', 'plain'),
                 ('action', 'plain'),
                 ('from_state', 'plain'),
                 ('to_state', 'plain'),
                 ('rule', 'plain'),
                 ('basis', 'plain'),
                 ('voids', 'plain'),
                 ('key', 'plain'),
                 ('commitment', 'bytes'),
                 ('prev', 'bytes'),
                 ('hash', 'bytes'),
                 ('format', 'plain'))),
 'last_message': ('SELECT coalesce(max(outbox.id), 0) AS id FROM outbox', (), (('id', 'plain'),)),
 'last_message_before': ('SELECT coalesce(max(outbox.id), ?1) AS id FROM outbox WHERE outbox.id > ?1 AND outbox.recorded_at < ?2', (('after', 'plain'), ('before', 'instant')), (('id', 'plain'),)),
 'last_moment': ('SELECT trail.at FROM trail ORDER BY trail.at DESC LIMIT 1 OFFSET 0', (), (('at', 'instant'),)),
 'last_page': ('SELECT (SELECT coalesce(max(record.page), 0) AS coalesce_1 FROM record WHERE record.case_id = ?) AS page', (('case_id', 'plain'),), (('page', 'plain'),)),
 'last_proposal': ('SELECT proposal.id, proposal.kind, proposal.target, proposal.details, proposal.because, proposal.asked_by, proposal.asked_at, proposal.verdict, proposal.decided_by, '
                   'proposal.decided_at, proposal.decided_because FROM proposal WHERE proposal.target = ? AND proposal.kind = ? ORDER BY proposal.id DESC LIMIT 1 OFFSET 0',
                   (('target', 'plain'), ('kind', 'plain')),
                   (('id', 'plain'),
                    ('kind', 'plain'),
                    ('target', 'plain'),
                    ('details', 'json'),
                    ('because', 'plain'),
                    ('asked_by', 'plain'),
                    ('asked_at', 'instant'),
                    ('verdict', 'plain'),
                    ('decided_by', 'plain'),
                    ('decided_at', 'instant'),
                    ('decided_because', 'plain'))),
 'last_supervisors': ("SELECT supervision.practitioner_id, supervision.supervisor_id, supervision.held_on FROM supervision WHERE ('*' = ?1 OR supervision.supervisor_id = ?2 OR "
                      'supervision.practitioner_id = ?2 OR (EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN practitioner AS head ON head.id = practitioner_role.practitioner_id WHERE '
                      'practitioner_role.practitioner_id = ?2 AND practitioner_role.from_on <= ?3 AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= ?3) AND (supervision.kind = '
                      "'school' AND (practitioner_role.role = 'headteacher' OR practitioner_role.role = 'principal') AND coalesce(nullif(practitioner_role.team, ''), head.team) = supervision.team "
                      "AND coalesce(nullif(practitioner_role.team, ''), head.team) != '' OR supervision.kind = 'social_care' AND (practitioner_role.role = 'senior_officer' OR practitioner_role.role "
                      "= 'service_manager') AND (coalesce(nullif(practitioner_role.team, ''), head.team) = supervision.team OR coalesce(nullif(practitioner_role.team, ''), head.team) = ''))))) AND "
                      'supervision.form = ?4 AND supervision.held_on = (SELECT max(later.held_on) AS max_1 FROM supervision AS later WHERE later.practitioner_id = supervision.practitioner_id AND '
                      'later.form = ?4 AND later.held_on <= ?3) ORDER BY supervision.id',
                      (('clears', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('form', 'plain')),
                      (('practitioner_id', 'plain'), ('supervisor_id', 'plain'), ('held_on', 'day'))),
 'last_team_meetings': ('SELECT team_meeting.team, max(team_meeting.held_on) AS held_on FROM team_meeting WHERE team_meeting.held_on <= ? GROUP BY team_meeting.team ORDER BY team_meeting.team',
                        (('today', 'day'),),
                        (('team', 'plain'), ('held_on', 'day'))),
 'last_trainings': ('SELECT training.practitioner_id, max(training.completed_on) AS completed_on FROM training WHERE training.completed_on <= ? GROUP BY training.practitioner_id',
                    (('on', 'day'),),
                    (('practitioner_id', 'plain'), ('completed_on', 'day'))),
 'last_whole_copy_run': ('SELECT copy_run.started_at FROM copy_run WHERE copy_run.kind = ? AND copy_run.whole = 1 ORDER BY copy_run.id DESC LIMIT 1 OFFSET 0',
                         (('kind', 'plain'),),
                         (('started_at', 'instant'),)),
 'late_by_day': ('SELECT daily_count.day, sum(daily_count.late) AS late FROM daily_count WHERE daily_count.day >= ? GROUP BY daily_count.day ORDER BY daily_count.day',
                 (('since', 'day'),),
                 (('day', 'day'), ('late', 'plain'))),
 'late_work': ("SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.team, pathway_case.lead, CASE WHEN (deadline.rule IN ('cp.report_icpc', 'cp.report_rcpc')) THEN "
               'pathway_case.facts END AS facts, deadline.rule, deadline.due_on, deadline.due_at, deadline.plan_by, deadline.status, deadline.statutory FROM deadline JOIN pathway_case ON '
               "pathway_case.id = deadline.case_id WHERE deadline.closed_at IS NULL AND ('*' = ?1 OR replace(?1, '|' || pathway_case.team || '|', '') != ?1 OR pathway_case.lead = ?2 OR "
               "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND "
               'access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
               "access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND "
               "(access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.guarded IS 0 OR '*' = ?5 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
               "access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR "
               "access.until_at > ?4))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id IS "
               "NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.restricted IS 0 OR replace(?5, ',' || "
               "pathway_case.pathway || ',', '') != ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = "
               "'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN "
               "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS "
               "NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)))) AND (deadline.status = 'open' OR deadline.status = 'missed') AND (?6 = '' OR pathway_case.team "
               "= ?6) AND (?7 = '' OR pathway_case.lead = ?7 OR pathway_case.lead = ?8) AND (?9 = '' OR pathway_case.pathway = ?9) AND (?10 = '' OR pathway_case.state = ?10) AND deadline.due_at < "
               "?11 AND (deadline.rule NOT IN ('cme.ground_20', 'cme.ground_leave', 'cme.sao_notice', 'cme.school_age', 'cp.age_18', 'lado.refer_local', 'lado.target_1m')) ORDER BY deadline.due_at "
               'ASC, pathway_case.reference, deadline.rule LIMIT ?12 OFFSET 0',
               (('circle', 'plain'),
                ('called', 'plain'),
                ('viewer', 'plain'),
                ('viewed_at', 'instant'),
                ('clears', 'plain'),
                ('team', 'plain'),
                ('lead', 'plain'),
                ('title', 'plain'),
                ('pathway', 'plain'),
                ('state', 'plain'),
                ('now', 'instant'),
                ('most', 'plain')),
               (('reference', 'plain'),
                ('pathway', 'plain'),
                ('state', 'plain'),
                ('team', 'plain'),
                ('lead', 'plain'),
                ('facts', 'sealed_json'),
                ('rule', 'plain'),
                ('due_on', 'day'),
                ('due_at', 'instant'),
                ('plan_by', 'day'),
                ('status', 'plain'),
                ('statutory', 'flag'))),
 'leave_meeting': ('UPDATE meeting_case SET left_at=? WHERE meeting_case.meeting_id = ? AND meeting_case.case_id = ?', (('left_at', 'instant'), ('meeting_id', 'plain'), ('case_id', 'plain')), ()),
 'lift_restriction': ('UPDATE restriction SET lifted_at=?, lifted_by=?, lifted_second=? WHERE restriction.id = ?',
                      (('lifted_at', 'instant'), ('lifted_by', 'plain'), ('lifted_second', 'plain'), ('restriction_id', 'plain')),
                      ()),
 'links_of_person': ('SELECT person_link.id, person_link.person_id, person_link.other_id, person_link.because, person_link.by_login, person_link.from_at, person_link.ended_at, person_link.ended_by, '
                     'person_link.ended_because FROM person_link JOIN person ON person.id = CASE WHEN (person_link.person_id = ?1) THEN person_link.other_id ELSE person_link.person_id END WHERE '
                     'person_link.id IN (SELECT one_side.id FROM person_link AS one_side WHERE one_side.person_id = ?1 AND one_side.ended_at IS NULL UNION ALL SELECT one_side.id FROM person_link AS '
                     "one_side WHERE one_side.other_id = ?1 AND one_side.ended_at IS NULL) AND ('*' = ?2 OR '*' = ?3 AND (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM "
                     "access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at "
                     'IS NULL OR access.until_at > ?5))) AND person.restricted IS 0) OR (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
                     "?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)))) "
                     "AND (person.id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL "
                     'AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE '
                     "pathway_case.person_id = person.id AND ('*' = ?3 OR replace(?3, '|' || pathway_case.team || '|', '') != ?3 OR pathway_case.lead = ?6 OR pathway_case.id IN (SELECT "
                     "access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL "
                     'AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
                     "?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR "
                     "access.until_at > ?5))) AND (pathway_case.guarded IS 0 OR '*' = ?2 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND "
                     "access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND "
                     "(pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND "
                     "access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR replace(?2, ',' || "
                     "pathway_case.pathway || ',', '') != ?2 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = "
                     "'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN "
                     "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND "
                     'access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)))))))) ORDER BY person_link.id',
                     (('person_id', 'plain'), ('clears', 'plain'), ('circle', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('called', 'plain')),
                     (('id', 'plain'),
                      ('person_id', 'plain'),
                      ('other_id', 'plain'),
                      ('because', 'plain'),
                      ('by_login', 'plain'),
                      ('from_at', 'instant'),
                      ('ended_at', 'instant'),
                      ('ended_by', 'plain'),
                      ('ended_because', 'plain'))),
 'listed_cases': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.is_open, pathway_case.outcome, pathway_case.team, coalesce(person_link.person_id, '
                  'pathway_case.person_id) AS child, pathway_case.opened_at, pathway_case.closed_at, EXISTS (SELECT file_mark.id FROM file_mark WHERE (file_mark.case_id = pathway_case.id OR '
                  'file_mark.person_id = pathway_case.person_id) AND file_mark.kind = ?1 AND file_mark.ended_at IS NULL) AS marked FROM pathway_case LEFT OUTER JOIN person_link ON '
                  "person_link.other_id = pathway_case.person_id AND person_link.ended_at IS NULL WHERE replace(?2, ',' || pathway_case.pathway || ',', '') != ?2 AND ('*' = ?3 OR replace(?3, '|' || "
                  "pathway_case.team || '|', '') != ?3 OR pathway_case.lead = ?4 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = "
                  "'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR "
                  "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT "
                  "NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.guarded IS 0 OR '*' = ?7 OR (pathway_case.id "
                  "NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                  'access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
                  "?5 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND "
                  "(pathway_case.restricted IS 0 OR replace(?7, ',' || pathway_case.pathway || ',', '') != ?7 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = "
                  "?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR "
                  "access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') "
                  "AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)))) AND (?8 = '' OR pathway_case.team = "
                  '?8) ORDER BY pathway_case.reference',
                  (('mark', 'plain'), ('pathways', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain'), ('team', 'plain')),
                  (('reference', 'plain'),
                   ('pathway', 'plain'),
                   ('state', 'plain'),
                   ('is_open', 'flag'),
                   ('outcome', 'plain'),
                   ('team', 'plain'),
                   ('child', 'plain'),
                   ('opened_at', 'instant'),
                   ('closed_at', 'instant'),
                   ('marked', 'flag'))),
 'mark_document_sent': ('UPDATE document SET sent_at=?, sent_how=?, sent_by=?, sent_seq=? WHERE document.case_id = ? AND document.number = ? AND document.sent_at IS NULL',
                        (('sent_at', 'instant'), ('sent_how', 'plain'), ('sent_by', 'plain'), ('sent_seq', 'plain'), ('case_id', 'plain'), ('number', 'plain')),
                        ()),
 'mark_message_done': ('UPDATE outbox SET done_at=? WHERE outbox.id = ? AND outbox.done_at IS NULL', (('done_at', 'instant'), ('message_id', 'plain')), ()),
 'mark_message_sent': ('UPDATE outbox SET event_id=?, sent_at=? WHERE outbox.id = ? AND outbox.done_at IS NULL', (('event_id', 'plain'), ('sent_at', 'instant'), ('message_id', 'plain')), ()),
 'marks_of': ('SELECT file_mark.id, file_mark.case_id, file_mark.person_id, file_mark.kind, file_mark.pension_on, file_mark.page, file_mark.by_login, file_mark.from_at, file_mark.ended_at, '
              'file_mark.ended_by FROM file_mark WHERE file_mark.case_id = ?1 OR file_mark.person_id IN (SELECT ?2 AS person_id UNION ALL SELECT person_link.person_id FROM person_link WHERE '
              'person_link.other_id = ?2 AND person_link.ended_at IS NULL UNION ALL SELECT person_link.other_id FROM person_link WHERE person_link.person_id = ?2 AND person_link.ended_at IS NULL '
              'UNION ALL SELECT fellow.other_id FROM person_link AS fellow JOIN person_link ON person_link.person_id = fellow.person_id WHERE person_link.other_id = ?2 AND person_link.ended_at IS '
              'NULL AND fellow.ended_at IS NULL) ORDER BY file_mark.id',
              (('case_id', 'plain'), ('person_id', 'plain')),
              (('id', 'plain'),
               ('case_id', 'plain'),
               ('person_id', 'plain'),
               ('kind', 'plain'),
               ('pension_on', 'day'),
               ('page', 'plain'),
               ('by_login', 'plain'),
               ('from_at', 'instant'),
               ('ended_at', 'instant'),
               ('ended_by', 'plain'))),
 'marks_on_discussed': ('SELECT file_mark.kind, file_mark.from_at, file_mark.ended_at FROM file_mark JOIN pathway_case ON pathway_case.id = file_mark.case_id OR pathway_case.person_id = '
                        "file_mark.person_id JOIN supervision_case ON supervision_case.case_id = pathway_case.id WHERE supervision_case.supervision_id = ?1 AND ('*' = ?2 OR replace(?2, '|' || "
                        "pathway_case.team || '|', '') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = "
                        "'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > "
                        "?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND "
                        'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.guarded IS 0 OR '
                        "'*' = ?6 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND "
                        'access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM '
                        "access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND "
                        "(access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR replace(?6, ',' || pathway_case.pathway || ',', '') != ?6 OR pathway_case.id IN "
                        "(SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND "
                        'access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access '
                        "WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                        '?5 AND (access.until_at IS NULL OR access.until_at > ?5))))',
                        (('supervision_id', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                        (('kind', 'plain'), ('from_at', 'instant'), ('ended_at', 'instant'))),
 'meetings_between': ("SELECT count(*) AS meetings FROM meeting WHERE meeting.status = 'booked' AND meeting.booked_on >= ? AND meeting.booked_on <= ? AND (EXISTS (SELECT pathway_case.id FROM "
                      'pathway_case JOIN meeting_case ON meeting_case.case_id = pathway_case.id WHERE meeting_case.meeting_id = meeting.id AND pathway_case.guarded IS 0 AND meeting_case.left_at IS '
                      'NULL))',
                      (('first', 'day'), ('last', 'day')),
                      (('meetings', 'plain'),)),
 'meetings_of_case': ('SELECT meeting.id, meeting.kind, meeting.booked_on, meeting.starts_at, meeting.place, meeting.chair, meeting.status, meeting.household, meeting.recorded_at, meeting.begins_at, '
                      'meeting_case.joined_at, meeting_case.left_at FROM meeting JOIN meeting_case ON meeting_case.meeting_id = meeting.id JOIN pathway_case ON pathway_case.id = meeting_case.case_id '
                      "WHERE meeting_case.case_id = ?1 AND ('*' = ?2 OR replace(?2, '|' || pathway_case.team || '|', '') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id "
                      "FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                      'access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 '
                      "AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR "
                      "access.until_at > ?5))) AND (pathway_case.guarded IS 0 OR '*' = ?6 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND "
                      "access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND "
                      "(pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND "
                      "access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR replace(?6, ',' || "
                      "pathway_case.pathway || ',', '') != ?6 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = "
                      "'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id "
                      "IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND "
                      'access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)))) ORDER BY meeting.id DESC',
                      (('case_id', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                      (('id', 'plain'),
                       ('kind', 'plain'),
                       ('booked_on', 'day'),
                       ('starts_at', 'instant'),
                       ('place', 'plain'),
                       ('chair', 'plain'),
                       ('status', 'plain'),
                       ('household', 'json'),
                       ('recorded_at', 'instant'),
                       ('begins_at', 'instant'),
                       ('joined_at', 'instant'),
                       ('left_at', 'instant'))),
 'meetings_on_day': ('SELECT meeting.id, meeting.place, meeting.chair, meeting.begins_at, pathway_case.reference FROM meeting JOIN meeting_case ON meeting_case.meeting_id = meeting.id JOIN '
                     "pathway_case ON pathway_case.id = meeting_case.case_id WHERE meeting.booked_on = ?1 AND meeting.status = 'booked' AND ('*' = ?2 OR replace(?2, '|' || pathway_case.team || '|', "
                     "'') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = "
                     "'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN "
                     "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND "
                     "access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.guarded IS 0 OR '*' = ?6 OR (pathway_case.id NOT IN "
                     "(SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                     '<= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND '
                     "access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND "
                     "(pathway_case.restricted IS 0 OR replace(?6, ',' || pathway_case.pathway || ',', '') != ?6 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id "
                     "= ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR "
                     "access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = "
                     "'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)))) AND meeting_case.left_at "
                     'IS NULL ORDER BY pathway_case.reference',
                     (('on', 'day'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                     (('id', 'plain'), ('place', 'plain'), ('chair', 'plain'), ('begins_at', 'instant'), ('reference', 'plain'))),
 'members_of_household': ('SELECT household_member.id, household_member.household_id, household_member.person_id, household_member.part, household_member.from_on, household_member.to_on, '
                          'household_member.recorded_at, person.kind AS person_kind, person.birth_date, person.expected_delivery_date, person.died_on, usual_name.given, usual_name.family FROM '
                          'household_member JOIN person ON person.id = household_member.person_id LEFT OUTER JOIN (SELECT person_name.person_id AS person_id, person_name.given AS given, '
                          "person_name.family AS family FROM person_name WHERE person_name.to_on IS NULL AND person_name.kind = 'usual') AS usual_name ON usual_name.person_id = person.id WHERE "
                          "household_member.household_id = ?1 AND ('*' = ?2 OR '*' = ?3 AND (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access WHERE "
                          "access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL "
                          'OR access.until_at > ?5))) AND person.restricted IS 0) OR (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 '
                          "AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)))) "
                          "AND (person.id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT "
                          'NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE '
                          "pathway_case.person_id = person.id AND ('*' = ?3 OR replace(?3, '|' || pathway_case.team || '|', '') != ?3 OR pathway_case.lead = ?6 OR pathway_case.id IN (SELECT "
                          "access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS "
                          'NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                          "access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 "
                          "AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.guarded IS 0 OR '*' = ?2 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                          "access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL "
                          "OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND "
                          'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.restricted IS 0 '
                          "OR replace(?2, ',' || pathway_case.pathway || ',', '') != ?2 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = "
                          "'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > "
                          "?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND "
                          'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)))))))) ORDER BY household_member.id',
                          (('household_id', 'plain'), ('clears', 'plain'), ('circle', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('called', 'plain')),
                          (('id', 'plain'),
                           ('household_id', 'plain'),
                           ('person_id', 'plain'),
                           ('part', 'plain'),
                           ('from_on', 'day'),
                           ('to_on', 'day'),
                           ('recorded_at', 'instant'),
                           ('person_kind', 'plain'),
                           ('birth_date', 'day'),
                           ('expected_delivery_date', 'day'),
                           ('died_on', 'day'),
                           ('given', 'plain'),
                           ('family', 'plain'))),
 'messages_to_agencies': ('SELECT outbox.id, outbox."key", outbox.event, outbox.case_ref, outbox.due_on, outbox.recorded_at, pathway_case.facts, pathway_case.team, pathway_case.lead FROM outbox JOIN '
                          'pathway_case ON pathway_case.reference = outbox.case_ref WHERE outbox.id > ? AND pathway_case.is_open = 1 AND pathway_case.guarded IS 0 AND (outbox.event = '
                          "'pathways.report.chased' OR outbox.event = 'pathways.reports.missing') ORDER BY outbox.id LIMIT ? OFFSET 0",
                          (('after', 'plain'), ('most', 'plain')),
                          (('id', 'plain'),
                           ('key', 'plain'),
                           ('event', 'plain'),
                           ('case_ref', 'plain'),
                           ('due_on', 'day'),
                           ('recorded_at', 'instant'),
                           ('facts', 'sealed_json'),
                           ('team', 'plain'),
                           ('lead', 'plain'))),
 'messages_to_people': ('SELECT outbox.id, outbox.event, outbox.case_ref, outbox.rule, outbox.to_roles, outbox.recorded_at, pathway_case.team, pathway_case.lead, pathway_case.guarded, '
                        "pathway_case.restricted FROM outbox JOIN pathway_case ON pathway_case.reference = outbox.case_ref WHERE outbox.id > ?1 AND outbox.to_roles != '' AND replace(?2, ',' || "
                        "outbox.event || ',', '') != ?2 ORDER BY outbox.id LIMIT ?3 OFFSET 0",
                        (('after', 'plain'), ('wanted', 'plain'), ('most', 'plain')),
                        (('id', 'plain'),
                         ('event', 'plain'),
                         ('case_ref', 'plain'),
                         ('rule', 'plain'),
                         ('to_roles', 'plain'),
                         ('recorded_at', 'instant'),
                         ('team', 'plain'),
                         ('lead', 'plain'),
                         ('guarded', 'flag'),
                         ('restricted', 'flag'))),
 'messages_to_relay': ('SELECT outbox.id, outbox."key", outbox.event, outbox.case_ref, outbox.pathway, outbox.team, outbox.rule, outbox.due_on, outbox.to_roles, outbox.effective_at, '
                       'outbox.recorded_at, outbox.event_id, outbox.sent_at, outbox.done_at FROM outbox WHERE outbox.done_at IS NULL AND outbox.id > ? ORDER BY outbox.id LIMIT ? OFFSET 0',
                       (('after', 'plain'), ('most', 'plain')),
                       (('id', 'plain'),
                        ('key', 'plain'),
                        ('event', 'plain'),
                        ('case_ref', 'plain'),
                        ('pathway', 'plain'),
                        ('team', 'plain'),
                        ('rule', 'plain'),
                        ('due_on', 'day'),
                        ('to_roles', 'plain'),
                        ('effective_at', 'instant'),
                        ('recorded_at', 'instant'),
                        ('event_id', 'plain'),
                        ('sent_at', 'instant'),
                        ('done_at', 'instant'))),
 'names_of_person': ('SELECT person_name.id, person_name.person_id, person_name.kind, person_name.given, person_name.family, person_name.folded, person_name.sounds, person_name.from_on, '
                     'person_name.to_on, person_name.recorded_at FROM person_name WHERE person_name.person_id = ? ORDER BY person_name.id',
                     (('person_id', 'plain'),),
                     (('id', 'plain'),
                      ('person_id', 'plain'),
                      ('kind', 'plain'),
                      ('given', 'plain'),
                      ('family', 'plain'),
                      ('folded', 'plain'),
                      ('sounds', 'plain'),
                      ('from_on', 'day'),
                      ('to_on', 'day'),
                      ('recorded_at', 'instant'))),
 'newest_check': ('SELECT check_run.started_at, check_run.finished_at FROM check_run ORDER BY check_run.id DESC LIMIT 1 OFFSET 0', (), (('started_at', 'instant'), ('finished_at', 'instant'))),
 'newest_checkpoints': ('SELECT checkpoint.id, checkpoint.at, checkpoint.chains, checkpoint.entries, checkpoint.root, checkpoint.text, checkpoint.signature, checkpoint.signed_by, '
                        'checkpoint.outbox_id, checkpoint.follows FROM checkpoint ORDER BY checkpoint.id DESC LIMIT ? OFFSET 0',
                        (('most', 'plain'),),
                        (('id', 'plain'),
                         ('at', 'instant'),
                         ('chains', 'plain'),
                         ('entries', 'plain'),
                         ('root', 'bytes'),
                         ('text', 'plain'),
                         ('signature', 'bytes'),
                         ('signed_by', 'plain'),
                         ('outbox_id', 'plain'),
                         ('follows', 'plain'))),
 'newest_entry': ('SELECT outbox.recorded_at FROM outbox WHERE outbox.id > (SELECT max(outbox.id) AS max_1 FROM outbox) - 1000 AND NOT (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE '
                  'pathway_case.reference = outbox.case_ref AND pathway_case.guarded = 1)) ORDER BY outbox.id DESC LIMIT 1 OFFSET 0',
                  (),
                  (('recorded_at', 'instant'),)),
 'newest_import': ('SELECT import_run.started_at, import_run.finished_at FROM import_run ORDER BY import_run.id DESC LIMIT 1 OFFSET 0', (), (('started_at', 'instant'), ('finished_at', 'instant'))),
 'note_notice_fault': ('UPDATE notice SET last_fault=? WHERE notice.id = ?', (('last_fault', 'plain'), ('notice_id', 'plain')), ()),
 'note_notice_sent': ("UPDATE notice SET last_fault='', sent_at=? WHERE notice.id = ?", (('now', 'instant'), ('notice_id', 'plain')), ()),
 'notices_sent': ('SELECT notice."key", notice.sent_at FROM notice WHERE notice.sent_at >= ? AND notice."key" LIKE ? ORDER BY notice.sent_at',
                  (('since', 'instant'), ('pattern', 'plain')),
                  (('key', 'plain'), ('sent_at', 'instant'))),
 'notices_to_send': ('SELECT notice.id, notice."key", notice.kind, notice.practitioner_id, notice.agency, notice.subject, notice.body, notice.queued_at, notice.send_after, notice.attempts, '
                     'notice.last_fault, notice.sent_at, notice.given_up_at, practitioner.email FROM notice LEFT OUTER JOIN practitioner ON practitioner.id = notice.practitioner_id WHERE '
                     'notice.sent_at IS NULL AND notice.given_up_at IS NULL AND notice.send_after <= ? ORDER BY notice.send_after, notice.id LIMIT ? OFFSET 0',
                     (('now', 'instant'), ('most', 'plain')),
                     (('id', 'plain'),
                      ('key', 'plain'),
                      ('kind', 'plain'),
                      ('practitioner_id', 'plain'),
                      ('agency', 'plain'),
                      ('subject', 'plain'),
                      ('body', 'plain'),
                      ('queued_at', 'instant'),
                      ('send_after', 'instant'),
                      ('attempts', 'plain'),
                      ('last_fault', 'plain'),
                      ('sent_at', 'instant'),
                      ('given_up_at', 'instant'),
                      ('email', 'plain'))),
 'number_of_form': ('SELECT numbered.number FROM (SELECT counted.id AS id, row_number() OVER (ORDER BY counted.id) AS number FROM form_draft AS counted WHERE counted.practitioner_id = ?) AS numbered '
                    'WHERE numbered.id = ?',
                    (('viewer', 'plain'), ('row_id', 'plain')),
                    (('number', 'plain'),)),
 'oldest_uncovered': ('SELECT uncovered.id, uncovered.case_ref FROM uncovered ORDER BY uncovered.id LIMIT ? OFFSET 0', (('most', 'plain'),), (('id', 'plain'), ('case_ref', 'plain'))),
 'open_case_of_person': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                         'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                         'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                         'person.expected_delivery_date, person.died_on, person.kind AS person_kind FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE pathway_case.person_id '
                         'IN (SELECT ?1 AS person_id UNION ALL SELECT person_link.person_id FROM person_link WHERE person_link.other_id = ?1 AND person_link.ended_at IS NULL UNION ALL SELECT '
                         'person_link.other_id FROM person_link WHERE person_link.person_id = ?1 AND person_link.ended_at IS NULL UNION ALL SELECT fellow.other_id FROM person_link AS fellow JOIN '
                         'person_link ON person_link.person_id = fellow.person_id WHERE person_link.other_id = ?1 AND person_link.ended_at IS NULL AND fellow.ended_at IS NULL) AND '
                         'pathway_case.pathway = ?2 AND pathway_case.is_open = 1 ORDER BY pathway_case.id DESC',
                         (('person_id', 'plain'), ('pathway', 'plain')),
                         (('id', 'plain'),
                          ('reference', 'plain'),
                          ('pathway', 'plain'),
                          ('definition', 'plain'),
                          ('person_id', 'plain'),
                          ('episode_id', 'plain'),
                          ('state', 'plain'),
                          ('is_open', 'flag'),
                          ('outcome', 'plain'),
                          ('facts', 'sealed_json'),
                          ('version', 'plain'),
                          ('seq', 'plain'),
                          ('head', 'bytes'),
                          ('team', 'plain'),
                          ('lead', 'plain'),
                          ('restricted', 'flag'),
                          ('guarded', 'flag'),
                          ('basis', 'plain'),
                          ('opened_at', 'instant'),
                          ('closed_at', 'instant'),
                          ('changed_at', 'instant'),
                          ('birth_date', 'day'),
                          ('expected_delivery_date', 'day'),
                          ('died_on', 'day'),
                          ('person_kind', 'plain'))),
 'open_conferences': ("SELECT pathway_case.reference, pathway_case.state, pathway_case.facts FROM pathway_case WHERE pathway_case.pathway = 'child_protection' AND pathway_case.is_open AND ('*' = ?1 "
                      "OR replace(?1, '|' || pathway_case.team || '|', '') != ?1 OR pathway_case.lead = ?2 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 "
                      "AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR "
                      "access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = "
                      "'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND "
                      "(pathway_case.guarded IS 0 OR '*' = ?5 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND "
                      'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.person_id NOT IN '
                      "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                      "access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.restricted IS 0 OR replace(?5, ',' || pathway_case.pathway || ',', '') != ?5 OR "
                      "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL "
                      'AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access '
                      "WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 "
                      'AND (access.until_at IS NULL OR access.until_at > ?4)))) ORDER BY pathway_case.reference',
                      (('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                      (('reference', 'plain'), ('state', 'plain'), ('facts', 'sealed_json'))),
 'open_facts': ("SELECT pathway_case.id, pathway_case.reference, pathway_case.facts FROM pathway_case WHERE pathway_case.id > ? AND pathway_case.facts != '{}' AND substr(pathway_case.facts, 1, 3) != "
                "'~1.' AND NOT (EXISTS (SELECT tombstone.case_ref FROM tombstone WHERE tombstone.case_ref = pathway_case.reference)) AND ((EXISTS (SELECT case_key.case_ref FROM case_key WHERE "
                'case_key.case_ref = pathway_case.reference)) OR NOT (EXISTS (SELECT trail_payload.case_ref FROM trail_payload WHERE trail_payload.case_ref = pathway_case.reference))) ORDER BY '
                'pathway_case.id LIMIT ? OFFSET 0',
                (('after', 'plain'), ('most', 'plain')),
                (('id', 'plain'), ('reference', 'plain'), ('facts', 'sealed_json'))),
 'own_chain': ('SELECT trail.case_ref, trail.seq, trail.at, trail.effective_at, trail.actor, trail.role, trail.action, trail.from_state, trail.to_state, trail.rule, trail.basis, trail.voids, '
               'trail."key", trail.commitment, trail.prev, trail.hash, trail.format, trail_payload.salt, trail_payload.body FROM trail LEFT OUTER JOIN trail_payload ON trail_payload.case_ref = '
               'trail.case_ref AND trail_payload.seq = trail.seq WHERE trail.case_ref = ? ORDER BY trail.seq',
               (('reference', 'plain'),),
               (('case_ref', 'plain'),
                ('seq', 'plain'),
                ('at', 'instant'),
                ('effective_at', 'instant'),
                ('actor', 'plain'),
                ('role', 'plain'),
                ('action', 'plain'),
                ('from_state', 'plain'),
                ('to_state', 'plain'),
                ('rule', 'plain'),
                ('basis', 'plain'),
                ('voids', 'plain'),
                ('key', 'plain'),
                ('commitment', 'bytes'),
                ('prev', 'bytes'),
                ('hash', 'bytes'),
                ('format', 'plain'),
                ('salt', 'bytes'),
                ('body', 'sealed_text'))),
 'own_entries': ('SELECT trail.seq, trail_payload.body FROM trail JOIN trail_payload ON trail_payload.case_ref = trail.case_ref AND trail_payload.seq = trail.seq WHERE trail.case_ref = ? AND '
                 'trail.action = ? ORDER BY trail.seq',
                 (('chain', 'plain'), ('action', 'plain')),
                 (('seq', 'plain'), ('body', 'sealed_text'))),
 'own_last_changes': ('SELECT trail.case_ref, trail.seq FROM outbox JOIN trail ON trail.case_ref = outbox.case_ref AND (trail.case_ref || \'/\' || CAST(trail.seq AS VARCHAR)) = outbox."key" JOIN '
                      'pathway_case ON pathway_case.reference = trail.case_ref WHERE outbox.id > (SELECT max(outbox.id) AS max_1 FROM outbox) - 20000 AND outbox.recorded_at >= ?1 AND outbox.event = '
                      "'pathways.move' AND trail.actor = ?2 AND ('*' = ?3 OR replace(?3, '|' || pathway_case.team || '|', '') != ?3 OR pathway_case.lead = ?4 OR pathway_case.id IN (SELECT "
                      "access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL "
                      'AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id '
                      "= ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL "
                      "OR access.until_at > ?6))) AND (pathway_case.guarded IS 0 OR '*' = ?7 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND "
                      "access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND "
                      "(pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND "
                      "access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.restricted IS 0 OR replace(?7, ',' || "
                      "pathway_case.pathway || ',', '') != ?7 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = "
                      "'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id "
                      "IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND "
                      'access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)))) ORDER BY outbox.id DESC LIMIT ?8 OFFSET 0',
                      (('since', 'instant'), ('actor', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain'), ('most', 'plain')),
                      (('case_ref', 'plain'), ('seq', 'plain'))),
 'owners_untold': ('SELECT notice.body FROM notice JOIN pathway_case ON pathway_case.reference = substr(notice.subject, 9) WHERE notice.practitioner_id = ?1 AND notice.sent_at IS NULL AND '
                   'notice.queued_at >= ?2 AND (substr(notice."key", 1, 6) = \'glass/\' OR substr(notice."key", 1, 20) = \'withdrawn_elsewhere/\' OR substr(notice."key", 1, 14) = \'second_record/\') '
                   "AND ('*' = ?3 OR replace(?3, '|' || pathway_case.team || '|', '') != ?3 OR pathway_case.lead = ?4 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                   "access.practitioner_id = ?1 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND "
                   '(access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?1 AND (access.kind = '
                   "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) "
                   "AND (pathway_case.guarded IS 0 OR '*' = ?6 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?1 AND access.kind = 'excluded' AND "
                   'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN (SELECT '
                   "access.person_id FROM access WHERE access.practitioner_id = ?1 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 "
                   "AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR replace(?6, ',' || pathway_case.pathway || ',', '') != ?6 OR pathway_case.id IN "
                   "(SELECT access.case_id FROM access WHERE access.practitioner_id = ?1 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS "
                   'NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                   "access.practitioner_id = ?1 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND "
                   '(access.until_at IS NULL OR access.until_at > ?5)))) ORDER BY notice.id',
                   (('viewer', 'plain'), ('since', 'instant'), ('circle', 'plain'), ('called', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                   (('body', 'plain'),)),
 'pages_destroyed': ('SELECT pathway_case.reference, trail_payload.seq, trail_payload.body FROM record JOIN pathway_case ON pathway_case.id = record.case_id JOIN trail_payload ON '
                     'trail_payload.case_ref = pathway_case.reference AND trail_payload.seq = record.destroyed_seq WHERE record.destroyed_seq IS NOT NULL ORDER BY pathway_case.reference, record.page',
                     (),
                     (('reference', 'plain'), ('seq', 'plain'), ('body', 'sealed_text'))),
 'pages_to_seal': ('SELECT record.page, record.body AS body FROM record WHERE record.case_id = ?', (('case_id', 'plain'),), (('page', 'plain'), ('body', 'sealed_text'))),
 'parked_cases': ("SELECT pathway_case.reference, pathway_case.pathway, parked.reason, parked.found_at FROM parked JOIN pathway_case ON pathway_case.id = parked.case_id WHERE ('*' = ?1 OR "
                  "replace(?1, '|' || pathway_case.team || '|', '') != ?1 OR pathway_case.lead = ?2 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND "
                  "(access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR "
                  "access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') "
                  "AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.guarded IS 0 OR '*' "
                  "= ?5 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND "
                  'access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access '
                  "WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL "
                  "OR access.until_at > ?4))) AND (pathway_case.restricted IS 0 OR replace(?5, ',' || pathway_case.pathway || ',', '') != ?5 OR pathway_case.id IN (SELECT access.case_id FROM access "
                  "WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND "
                  "(access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' "
                  "OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)))) ORDER BY "
                  'pathway_case.reference',
                  (('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                  (('reference', 'plain'), ('pathway', 'plain'), ('reason', 'plain'), ('found_at', 'instant'))),
 'parked_ids': ('SELECT parked.case_id FROM parked', (), (('case_id', 'plain'),)),
 'pass_case': ('UPDATE pathway_case SET state=?, version=(pathway_case.version + 1), seq=?, head=?, changed_at=? WHERE pathway_case.id = ?',
               (('state', 'plain'), ('seq', 'plain'), ('head', 'bytes'), ('changed_at', 'instant'), ('case_id', 'plain')),
               ()),
 'pass_deadline': ('UPDATE deadline SET status=?, look_at=?, told=?, missed_seq=? WHERE deadline.id = ?',
                   (('status', 'plain'), ('look_at', 'instant'), ('told', 'plain'), ('missed_seq', 'plain'), ('deadline_id', 'plain')),
                   ()),
 'people_by_address': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, usual_name.given, usual_name.family FROM person LEFT OUTER JOIN (SELECT person_name.person_id '
                       "AS person_id, person_name.given AS given, person_name.family AS family FROM person_name WHERE person_name.to_on IS NULL AND person_name.kind = 'usual') AS usual_name ON "
                       "usual_name.person_id = person.id WHERE ('*' = ?1 OR '*' = ?2 AND (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = "
                       "?3 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) "
                       "AND person.restricted IS 0) OR (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' "
                       'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)))) AND (person.id IN (SELECT '
                       "access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS "
                       'NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.person_id = '
                       "person.id AND ('*' = ?2 OR replace(?2, '|' || pathway_case.team || '|', '') != ?2 OR pathway_case.lead = ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                       "access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND "
                       '(access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = '
                       "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > "
                       "?4))) AND (pathway_case.guarded IS 0 OR '*' = ?1 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' "
                       'AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.person_id NOT IN '
                       "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                       "access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.restricted IS 0 OR replace(?1, ',' || pathway_case.pathway || ',', '') != ?1 OR "
                       "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL "
                       'AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access '
                       "WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 "
                       'AND (access.until_at IS NULL OR access.until_at > ?4)))))))) AND person.id IN (SELECT person_address.person_id FROM person_address WHERE person_address.postcode = ?6 OR '
                       'person_address.folded >= ?7 AND person_address.folded < ?8) ORDER BY usual_name.family, usual_name.given, person.id LIMIT ?9 OFFSET 0',
                       (('clears', 'plain'),
                        ('circle', 'plain'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('called', 'plain'),
                        ('postcode', 'plain'),
                        ('start', 'plain'),
                        ('end', 'plain'),
                        ('most', 'plain')),
                       (('id', 'plain'), ('kind', 'plain'), ('birth_date', 'day'), ('expected_delivery_date', 'day'), ('given', 'plain'), ('family', 'plain'))),
 'people_by_birth_date': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, usual_name.given, usual_name.family FROM person LEFT OUTER JOIN (SELECT '
                          'person_name.person_id AS person_id, person_name.given AS given, person_name.family AS family FROM person_name WHERE person_name.to_on IS NULL AND person_name.kind = '
                          "'usual') AS usual_name ON usual_name.person_id = person.id WHERE ('*' = ?1 OR '*' = ?2 AND (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access "
                          "WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at "
                          'IS NULL OR access.until_at > ?4))) AND person.restricted IS 0) OR (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access WHERE '
                          "access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL "
                          "OR access.until_at > ?4)))) AND (person.id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') "
                          'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR (EXISTS (SELECT '
                          "pathway_case.id FROM pathway_case WHERE pathway_case.person_id = person.id AND ('*' = ?2 OR replace(?2, '|' || pathway_case.team || '|', '') != ?2 OR pathway_case.lead = "
                          "?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS "
                          'NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id '
                          "FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                          "access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.guarded IS 0 OR '*' = ?1 OR (pathway_case.id NOT IN (SELECT access.case_id "
                          "FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND "
                          '(access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND '
                          "access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND "
                          "(pathway_case.restricted IS 0 OR replace(?1, ',' || pathway_case.pathway || ',', '') != ?1 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                          "access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND "
                          '(access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = '
                          "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > "
                          '?4)))))))) AND person.birth_date = ?6 ORDER BY usual_name.family, usual_name.given, person.id LIMIT ?7 OFFSET 0',
                          (('clears', 'plain'), ('circle', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('called', 'plain'), ('birth_date', 'day'), ('most', 'plain')),
                          (('id', 'plain'), ('kind', 'plain'), ('birth_date', 'day'), ('expected_delivery_date', 'day'), ('given', 'plain'), ('family', 'plain'))),
 'people_by_identifier': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, usual_name.given, usual_name.family FROM person LEFT OUTER JOIN (SELECT '
                          'person_name.person_id AS person_id, person_name.given AS given, person_name.family AS family FROM person_name WHERE person_name.to_on IS NULL AND person_name.kind = '
                          "'usual') AS usual_name ON usual_name.person_id = person.id WHERE ('*' = ?1 OR '*' = ?2 AND (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access "
                          "WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at "
                          'IS NULL OR access.until_at > ?4))) AND person.restricted IS 0) OR (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access WHERE '
                          "access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL "
                          "OR access.until_at > ?4)))) AND (person.id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') "
                          'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR (EXISTS (SELECT '
                          "pathway_case.id FROM pathway_case WHERE pathway_case.person_id = person.id AND ('*' = ?2 OR replace(?2, '|' || pathway_case.team || '|', '') != ?2 OR pathway_case.lead = "
                          "?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS "
                          'NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id '
                          "FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                          "access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.guarded IS 0 OR '*' = ?1 OR (pathway_case.id NOT IN (SELECT access.case_id "
                          "FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND "
                          '(access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND '
                          "access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND "
                          "(pathway_case.restricted IS 0 OR replace(?1, ',' || pathway_case.pathway || ',', '') != ?1 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                          "access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND "
                          '(access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = '
                          "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > "
                          '?4)))))))) AND person.id IN (SELECT person_identifier.person_id FROM person_identifier WHERE person_identifier.value = ?6) ORDER BY usual_name.family, usual_name.given, '
                          'person.id LIMIT ?7 OFFSET 0',
                          (('clears', 'plain'), ('circle', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('called', 'plain'), ('value', 'plain'), ('most', 'plain')),
                          (('id', 'plain'), ('kind', 'plain'), ('birth_date', 'day'), ('expected_delivery_date', 'day'), ('given', 'plain'), ('family', 'plain'))),
 'people_by_identifiers': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, person.died_on, person.sex, person.ethnicity, person.restricted, person.guarded, '
                           'person.version, person.recorded_at, person.was, person_identifier.value FROM person JOIN person_identifier ON person_identifier.person_id = person.id WHERE '
                           'person_identifier.scheme = ? AND person_identifier.value IN (SELECT listed.value FROM json_each(?) AS listed) ORDER BY person.id',
                           (('scheme', 'plain'), ('numbers', 'plain')),
                           (('id', 'plain'),
                            ('kind', 'plain'),
                            ('birth_date', 'day'),
                            ('expected_delivery_date', 'day'),
                            ('died_on', 'day'),
                            ('sex', 'plain'),
                            ('ethnicity', 'plain'),
                            ('restricted', 'flag'),
                            ('guarded', 'flag'),
                            ('version', 'plain'),
                            ('recorded_at', 'instant'),
                            ('was', 'plain'),
                            ('value', 'plain'))),
 'people_by_name': ("SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, CASE WHEN (bearer.to_on IS NULL AND bearer.kind = 'usual') THEN bearer.given ELSE (SELECT "
                    "usual_now.given FROM person_name AS usual_now WHERE usual_now.person_id = bearer.person_id AND usual_now.to_on IS NULL AND usual_now.kind = 'usual' LIMIT 1 OFFSET 0) END AS "
                    "given, CASE WHEN (bearer.to_on IS NULL AND bearer.kind = 'usual') THEN bearer.family ELSE (SELECT usual_now.family FROM person_name AS usual_now WHERE usual_now.person_id = "
                    "bearer.person_id AND usual_now.to_on IS NULL AND usual_now.kind = 'usual' LIMIT 1 OFFSET 0) END AS family FROM (SELECT person_name.person_id AS person_id, person_name.kind AS "
                    'kind, person_name.to_on AS to_on, person_name.given AS given, person_name.family AS family FROM person_name WHERE person_name.folded = ?1 UNION ALL SELECT person_name.person_id '
                    'AS person_id, person_name.kind AS kind, person_name.to_on AS to_on, person_name.given AS given, person_name.family AS family FROM person_name WHERE person_name.sounds = ?2 AND '
                    'person_name.folded >= ?3 AND person_name.folded < ?4 UNION ALL SELECT person_name.person_id AS person_id, person_name.kind AS kind, person_name.to_on AS to_on, person_name.given '
                    'AS given, person_name.family AS family FROM person_name WHERE person_name.sounds = ?2 AND (person_name.folded < ?3 OR person_name.folded >= ?4)) AS bearer JOIN person ON '
                    "person.id = bearer.person_id WHERE '*' = ?5 OR '*' = ?6 AND (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?7 AND "
                    "access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?8 AND (access.until_at IS NULL OR access.until_at > ?8))) AND "
                    "person.restricted IS 0) OR (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?7 AND access.kind = 'excluded' AND "
                    'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?8 AND (access.until_at IS NULL OR access.until_at > ?8)))) AND (person.id IN (SELECT '
                    "access.person_id FROM access WHERE access.practitioner_id = ?7 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS "
                    'NULL AND access.from_at <= ?8 AND (access.until_at IS NULL OR access.until_at > ?8)) OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.person_id = '
                    "person.id AND ('*' = ?6 OR replace(?6, '|' || pathway_case.team || '|', '') != ?6 OR pathway_case.lead = ?9 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                    "access.practitioner_id = ?7 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?8 AND "
                    '(access.until_at IS NULL OR access.until_at > ?8)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?7 AND (access.kind = '
                    "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?8 AND (access.until_at IS NULL OR access.until_at > ?8))) "
                    "AND (pathway_case.guarded IS 0 OR '*' = ?5 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?7 AND access.kind = 'excluded' AND "
                    'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?8 AND (access.until_at IS NULL OR access.until_at > ?8))) AND (pathway_case.person_id NOT IN '
                    "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?7 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                    "access.from_at <= ?8 AND (access.until_at IS NULL OR access.until_at > ?8))) AND (pathway_case.restricted IS 0 OR replace(?5, ',' || pathway_case.pathway || ',', '') != ?5 OR "
                    "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?7 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND "
                    'access.ended_at IS NULL AND access.from_at <= ?8 AND (access.until_at IS NULL OR access.until_at > ?8)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = ?7 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?8 AND "
                    '(access.until_at IS NULL OR access.until_at > ?8))))))) LIMIT ?10 OFFSET 0',
                    (('folded', 'plain'),
                     ('sounds', 'plain'),
                     ('letter', 'plain'),
                     ('after', 'plain'),
                     ('clears', 'plain'),
                     ('circle', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('called', 'plain'),
                     ('most', 'plain')),
                    (('id', 'plain'), ('kind', 'plain'), ('birth_date', 'day'), ('expected_delivery_date', 'day'), ('given', 'plain'), ('family', 'plain'))),
 'people_less_shut_than_said': ('SELECT pathway_case.reference FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE person.restricted = 0 AND (EXISTS (SELECT restriction.id FROM '
                                'restriction WHERE restriction.person_id = person.id AND restriction.lifted_at IS NULL)) OR person.guarded = 0 AND (person.restricted = 1 OR (EXISTS (SELECT '
                                'restriction.id FROM restriction WHERE restriction.person_id = person.id AND restriction.lifted_at IS NULL)) OR (EXISTS (SELECT access.id FROM access WHERE '
                                "access.person_id = person.id AND access.kind = 'excluded' AND access.ended_at IS NULL))) ORDER BY pathway_case.reference",
                                (),
                                (('reference', 'plain'),)),
 'people_like_staff': ("SELECT person.id FROM person WHERE person.id IN (SELECT person_name.person_id FROM person_name WHERE person_name.folded = ?1 AND ?1 != '' UNION SELECT "
                       "person_identifier.person_id FROM person_identifier WHERE person_identifier.value = ?2 AND person_identifier.scheme IN ('staff_number', 'staff_number_again')) ORDER BY "
                       'person.id',
                       (('folded', 'plain'), ('staff_number', 'plain')),
                       (('id', 'plain'),)),
 'people_with_mail': ('SELECT practitioner.id, practitioner.login, practitioner.title, practitioner_role.role, practitioner_role.team FROM practitioner JOIN practitioner_role ON '
                      'practitioner_role.practitioner_id = practitioner.id WHERE practitioner.email IS NOT NULL AND practitioner.from_on <= ?1 AND (practitioner.to_on IS NULL OR practitioner.to_on '
                      '>= ?1) AND practitioner_role.from_on <= ?1 AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= ?1) ORDER BY practitioner.id, practitioner_role.id',
                      (('on', 'day'),),
                      (('id', 'plain'), ('login', 'plain'), ('title', 'plain'), ('role', 'plain'), ('team', 'plain'))),
 'perhaps_due': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                 'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                 'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                 'person.expected_delivery_date, person.died_on, person.kind AS person_kind FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE NOT (EXISTS (SELECT '
                 "tombstone.case_ref FROM tombstone WHERE tombstone.case_ref = pathway_case.reference)) AND ('*' = ?1 OR replace(?1, '|' || pathway_case.team || '|', '') != ?1 OR pathway_case.lead = "
                 "?2 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL "
                 'AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                 "access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND "
                 "(access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.guarded IS 0 OR '*' = ?5 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                 "access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR "
                 "access.until_at > ?4))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id "
                 "IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.restricted IS 0 OR replace(?5, ',' || "
                 "pathway_case.pathway || ',', '') != ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = "
                 "'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN "
                 "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at "
                 'IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)))) AND pathway_case.is_open IS 0 AND (person.birth_date <= ?6 OR pathway_case.pathway = ?7 '
                 'AND pathway_case.closed_at <= ?8) ORDER BY pathway_case.reference',
                 (('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain'), ('born_by', 'day'), ('allegations', 'plain'), ('closed_by', 'instant')),
                 (('id', 'plain'),
                  ('reference', 'plain'),
                  ('pathway', 'plain'),
                  ('definition', 'plain'),
                  ('person_id', 'plain'),
                  ('episode_id', 'plain'),
                  ('state', 'plain'),
                  ('is_open', 'flag'),
                  ('outcome', 'plain'),
                  ('facts', 'sealed_json'),
                  ('version', 'plain'),
                  ('seq', 'plain'),
                  ('head', 'bytes'),
                  ('team', 'plain'),
                  ('lead', 'plain'),
                  ('restricted', 'flag'),
                  ('guarded', 'flag'),
                  ('basis', 'plain'),
                  ('opened_at', 'instant'),
                  ('closed_at', 'instant'),
                  ('changed_at', 'instant'),
                  ('birth_date', 'day'),
                  ('expected_delivery_date', 'day'),
                  ('died_on', 'day'),
                  ('person_kind', 'plain'))),
 'person_by_id': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, person.died_on, person.sex, person.ethnicity, person.restricted, person.guarded, person.version, '
                  'person.recorded_at, person.was FROM person WHERE person.id = ?',
                  (('person_id', 'plain'),),
                  (('id', 'plain'),
                   ('kind', 'plain'),
                   ('birth_date', 'day'),
                   ('expected_delivery_date', 'day'),
                   ('died_on', 'day'),
                   ('sex', 'plain'),
                   ('ethnicity', 'plain'),
                   ('restricted', 'flag'),
                   ('guarded', 'flag'),
                   ('version', 'plain'),
                   ('recorded_at', 'instant'),
                   ('was', 'plain'))),
 'person_by_identifier': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, person.died_on, person.sex, person.ethnicity, person.restricted, person.guarded, '
                          'person.version, person.recorded_at, person.was FROM person JOIN person_identifier ON person_identifier.person_id = person.id WHERE person_identifier.scheme = ? AND '
                          'person_identifier.value = ? ORDER BY person.id',
                          (('scheme', 'plain'), ('value', 'plain')),
                          (('id', 'plain'),
                           ('kind', 'plain'),
                           ('birth_date', 'day'),
                           ('expected_delivery_date', 'day'),
                           ('died_on', 'day'),
                           ('sex', 'plain'),
                           ('ethnicity', 'plain'),
                           ('restricted', 'flag'),
                           ('guarded', 'flag'),
                           ('version', 'plain'),
                           ('recorded_at', 'instant'),
                           ('was', 'plain'))),
 'plain_payloads_of': ("SELECT count(*) AS payloads FROM trail_payload WHERE trail_payload.case_ref = ? AND substr(coalesce(trail_payload.body, ''), 1, 1) != '~'",
                       (('case_ref', 'plain'),),
                       (('payloads', 'plain'),)),
 'practitioner_by_id': ('SELECT practitioner.id, practitioner.login, practitioner.title, practitioner.agency, practitioner.team, practitioner.given, practitioner.family, practitioner.folded, '
                        'practitioner.birth_date, practitioner.staff_number, practitioner.email, practitioner.from_on, practitioner.to_on, practitioner.recorded_at FROM practitioner WHERE '
                        'practitioner.id = ?',
                        (('practitioner_id', 'plain'),),
                        (('id', 'plain'),
                         ('login', 'plain'),
                         ('title', 'plain'),
                         ('agency', 'plain'),
                         ('team', 'plain'),
                         ('given', 'plain'),
                         ('family', 'plain'),
                         ('folded', 'plain'),
                         ('birth_date', 'day'),
                         ('staff_number', 'plain'),
                         ('email', 'plain'),
                         ('from_on', 'day'),
                         ('to_on', 'day'),
                         ('recorded_at', 'instant'))),
 'practitioner_by_login': ('SELECT practitioner.id, practitioner.login, practitioner.title, practitioner.agency, practitioner.team, practitioner.given, practitioner.family, practitioner.folded, '
                           'practitioner.birth_date, practitioner.staff_number, practitioner.email, practitioner.from_on, practitioner.to_on, practitioner.recorded_at FROM practitioner WHERE '
                           'practitioner.login = ?',
                           (('login', 'plain'),),
                           (('id', 'plain'),
                            ('login', 'plain'),
                            ('title', 'plain'),
                            ('agency', 'plain'),
                            ('team', 'plain'),
                            ('given', 'plain'),
                            ('family', 'plain'),
                            ('folded', 'plain'),
                            ('birth_date', 'day'),
                            ('staff_number', 'plain'),
                            ('email', 'plain'),
                            ('from_on', 'day'),
                            ('to_on', 'day'),
                            ('recorded_at', 'instant'))),
 'practitioner_ids': ('SELECT practitioner.id FROM practitioner ORDER BY practitioner.id', (), (('id', 'plain'),)),
 'put_parked': ('INSERT INTO parked (case_id, reason, found_at) VALUES (?, ?, ?) ON CONFLICT (case_id) DO UPDATE SET reason = excluded.reason, found_at = excluded.found_at',
                (('case_id', 'plain'), ('reason', 'plain'), ('found_at', 'instant')),
                ()),
 'put_run': ('INSERT INTO tree_run (level, place, hashes) VALUES (?, ?, ?) ON CONFLICT (level, place) DO UPDATE SET hashes = excluded.hashes',
             (('level', 'plain'), ('place', 'plain'), ('hashes', 'bytes')),
             ()),
 'put_setting': ('INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', (('name', 'plain'), ('value', 'plain')), ()),
 'records_of_case': ('SELECT record.id, record.case_id, record.page, record.seq, record.kind, record.entry, record.title, record.happened_at, record.recorded_at, record.author, record.role, '
                     'record.body, record.voided_seq, record.destroyed_seq FROM record WHERE record.case_id = ? ORDER BY record.page',
                     (('case_id', 'plain'),),
                     (('id', 'plain'),
                      ('case_id', 'plain'),
                      ('page', 'plain'),
                      ('seq', 'plain'),
                      ('kind', 'plain'),
                      ('entry', 'plain'),
                      ('title', 'plain'),
                      ('happened_at', 'instant'),
                      ('recorded_at', 'instant'),
                      ('author', 'plain'),
                      ('role', 'plain'),
                      ('body', 'sealed_json'),
                      ('voided_seq', 'plain'),
                      ('destroyed_seq', 'plain'))),
 'references_like': ("SELECT pathway_case.reference FROM pathway_case WHERE pathway_case.reference >= ?1 AND pathway_case.reference < ?2 AND pathway_case.reference LIKE ?3 AND ('*' = ?4 OR "
                     "replace(?4, '|' || pathway_case.team || '|', '') != ?4 OR pathway_case.lead = ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?6 AND "
                     "(access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR "
                     "access.until_at > ?7)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?6 AND (access.kind = 'allowed' OR access.kind = "
                     "'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR access.until_at > ?7))) AND (pathway_case.guarded "
                     "IS 0 OR '*' = ?8 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?6 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND "
                     'access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR access.until_at > ?7))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access '
                     "WHERE access.practitioner_id = ?6 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS "
                     "NULL OR access.until_at > ?7))) AND (pathway_case.restricted IS 0 OR replace(?8, ',' || pathway_case.pathway || ',', '') != ?8 OR pathway_case.id IN (SELECT access.case_id FROM "
                     "access WHERE access.practitioner_id = ?6 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                     '?7 AND (access.until_at IS NULL OR access.until_at > ?7)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?6 AND (access.kind = '
                     "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?7 AND (access.until_at IS NULL OR access.until_at > "
                     '?7)))) ORDER BY pathway_case.is_open DESC, pathway_case.reference DESC LIMIT ?9 OFFSET 0',
                     (('start', 'plain'),
                      ('end', 'plain'),
                      ('pattern', 'plain'),
                      ('circle', 'plain'),
                      ('called', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('clears', 'plain'),
                      ('most', 'plain')),
                     (('reference', 'plain'),)),
 'rejoin_meeting': ('UPDATE meeting_case SET left_at=NULL WHERE meeting_case.meeting_id = ? AND meeting_case.case_id = ?', (('meeting_id', 'plain'), ('case_id', 'plain')), ()),
 'relatives_of_person': ('SELECT relationship.id, relationship.person_id, relationship.other_id, relationship.kind, relationship.from_on, relationship.to_on, relationship.recorded_at, '
                         'relationship.end_recorded_at, person.kind AS person_kind, person.birth_date, person.expected_delivery_date, person.died_on, usual_name.given, usual_name.family FROM '
                         'relationship JOIN person ON person.id = relationship.other_id LEFT OUTER JOIN (SELECT person_name.person_id AS person_id, person_name.given AS given, person_name.family AS '
                         "family FROM person_name WHERE person_name.to_on IS NULL AND person_name.kind = 'usual') AS usual_name ON usual_name.person_id = person.id WHERE relationship.person_id = ?1 "
                         "AND ('*' = ?2 OR '*' = ?3 AND (person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' "
                         'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND person.restricted IS 0) OR '
                         "(person.guarded IS 0 OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT "
                         'NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)))) AND (person.id IN (SELECT access.person_id FROM access '
                         "WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                         "?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.person_id = person.id AND ('*' = ?3 OR "
                         "replace(?3, '|' || pathway_case.team || '|', '') != ?3 OR pathway_case.lead = ?6 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 "
                         "AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR "
                         "access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = "
                         "'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND "
                         "(pathway_case.guarded IS 0 OR '*' = ?2 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND "
                         'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN '
                         "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                         "access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR replace(?2, ',' || pathway_case.pathway || ',', '') != ?2 "
                         "OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT "
                         'NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM '
                         "access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                         'access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)))))))) ORDER BY relationship.id',
                         (('person_id', 'plain'), ('clears', 'plain'), ('circle', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('called', 'plain')),
                         (('id', 'plain'),
                          ('person_id', 'plain'),
                          ('other_id', 'plain'),
                          ('kind', 'plain'),
                          ('from_on', 'day'),
                          ('to_on', 'day'),
                          ('recorded_at', 'instant'),
                          ('end_recorded_at', 'instant'),
                          ('person_kind', 'plain'),
                          ('birth_date', 'day'),
                          ('expected_delivery_date', 'day'),
                          ('died_on', 'day'),
                          ('given', 'plain'),
                          ('family', 'plain'))),
 'reopen_episode': ('UPDATE episode SET closed_on=NULL WHERE episode.id = ?', (('episode_id', 'plain'),), ()),
 'restricted_on_board': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.team, pathway_case.lead, pathway_case.facts FROM pathway_case WHERE '
                         "pathway_case.is_open AND ('*' = ?1 OR replace(?1, '|' || pathway_case.team || '|', '') != ?1 OR pathway_case.lead = ?2 OR pathway_case.id IN (SELECT access.case_id FROM "
                         "access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                         'access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
                         "?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL "
                         "OR access.until_at > ?4))) AND (pathway_case.guarded IS 0 OR '*' = ?5 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND "
                         "access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND "
                         "(pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND "
                         "access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.restricted IS 0 OR replace(?5, ',' || "
                         "pathway_case.pathway || ',', '') != ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR "
                         "access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR "
                         "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id "
                         'IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)))) AND pathway_case.pathway = ?6 AND '
                         "pathway_case.restricted IS 1 AND (?7 = '' OR pathway_case.team = ?7) AND (?8 = '' OR pathway_case.lead = ?8 OR pathway_case.lead = ?9) ORDER BY pathway_case.state, "
                         'pathway_case.reference LIMIT ?10 OFFSET 0',
                         (('circle', 'plain'),
                          ('called', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('clears', 'plain'),
                          ('pathway', 'plain'),
                          ('team', 'plain'),
                          ('lead', 'plain'),
                          ('title', 'plain'),
                          ('most', 'plain')),
                         (('reference', 'plain'), ('pathway', 'plain'), ('state', 'plain'), ('team', 'plain'), ('lead', 'plain'), ('facts', 'sealed_json'))),
 'restrictions_of': ('SELECT restriction.id, restriction.case_id, restriction.person_id, restriction.because, restriction.by_login, restriction.from_at, restriction.lifted_at, restriction.lifted_by, '
                     'restriction.lifted_second FROM restriction WHERE restriction.case_id = ? OR restriction.person_id = ? ORDER BY restriction.id',
                     (('case_id', 'plain'), ('person_id', 'plain')),
                     (('id', 'plain'),
                      ('case_id', 'plain'),
                      ('person_id', 'plain'),
                      ('because', 'plain'),
                      ('by_login', 'plain'),
                      ('from_at', 'instant'),
                      ('lifted_at', 'instant'),
                      ('lifted_by', 'plain'),
                      ('lifted_second', 'plain'))),
 'return_practitioner': ('UPDATE practitioner SET to_on=NULL WHERE practitioner.id = ?', (('practitioner_id', 'plain'),), ()),
 'rewrap_case_key': ('UPDATE case_key SET store_key=?, sealed=? WHERE case_key.case_ref = ?', (('store_key', 'plain'), ('sealed', 'bytes'), ('reference', 'plain')), ()),
 'roles_ever_held': ('SELECT practitioner_role.id, practitioner_role.practitioner_id, practitioner_role.role, practitioner_role.agency, practitioner_role.team, practitioner_role.from_on, '
                     'practitioner_role.to_on, practitioner_role.recorded_at FROM practitioner_role ORDER BY practitioner_role.practitioner_id, practitioner_role.id',
                     (),
                     (('id', 'plain'), ('practitioner_id', 'plain'), ('role', 'plain'), ('agency', 'plain'), ('team', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant'))),
 'roles_of_practitioner': ('SELECT practitioner_role.role, practitioner_role.team, practitioner_role.agency FROM practitioner_role WHERE practitioner_role.practitioner_id = ?1 AND '
                           'practitioner_role.from_on <= ?2 AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= ?2) ORDER BY practitioner_role.id',
                           (('practitioner_id', 'plain'), ('on', 'day')),
                           (('role', 'plain'), ('team', 'plain'), ('agency', 'plain'))),
 'running_deadlines': ('SELECT deadline.id, deadline."key", deadline.case_id, deadline.rule, deadline.edition, deadline.start_event, deadline.started, deadline.due_on, deadline.due_at, '
                       'deadline.plan_by, deadline.calendar, deadline.status, deadline.statutory, deadline.look_at, deadline.told, deadline.opened_seq, deadline.closed_at, deadline.closed_seq, '
                       'deadline.missed_seq FROM deadline WHERE deadline.case_id = ? AND deadline.closed_at IS NULL ORDER BY deadline.due_at, deadline.id',
                       (('case_id', 'plain'),),
                       (('id', 'plain'),
                        ('key', 'plain'),
                        ('case_id', 'plain'),
                        ('rule', 'plain'),
                        ('edition', 'plain'),
                        ('start_event', 'plain'),
                        ('started', 'plain'),
                        ('due_on', 'day'),
                        ('due_at', 'instant'),
                        ('plan_by', 'day'),
                        ('calendar', 'plain'),
                        ('status', 'plain'),
                        ('statutory', 'flag'),
                        ('look_at', 'instant'),
                        ('told', 'plain'),
                        ('opened_seq', 'plain'),
                        ('closed_at', 'instant'),
                        ('closed_seq', 'plain'),
                        ('missed_seq', 'plain'))),
 'said_in_supervision': ('SELECT trail_payload.body FROM trail_payload JOIN pathway_case ON pathway_case.reference = trail_payload.case_ref WHERE pathway_case.reference = ?1 AND trail_payload.seq = '
                         "?2 AND ('*' = ?3 OR replace(?3, '|' || pathway_case.team || '|', '') != ?3 OR pathway_case.lead = ?4 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                         "access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND "
                         '(access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = '
                         "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > "
                         "?6))) AND (pathway_case.guarded IS 0 OR '*' = ?7 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = "
                         "'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND "
                         "(pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND "
                         "access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.restricted IS 0 OR replace(?7, ',' || "
                         "pathway_case.pathway || ',', '') != ?7 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR "
                         "access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR "
                         "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?5 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id "
                         'IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))))',
                         (('reference', 'plain'), ('seq', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                         (('body', 'sealed_text'),)),
 'same_supervision': ('SELECT supervision.id FROM supervision WHERE supervision.supervisor_id = ? AND supervision.practitioner_id = ? AND supervision.held_on = ? AND supervision.form = ?',
                      (('supervisor_id', 'plain'), ('practitioner_id', 'plain'), ('held_on', 'day'), ('form', 'plain')),
                      (('id', 'plain'),)),
 'save_form': ("UPDATE form_draft SET answers=?1, saved_at=?2 WHERE form_draft.practitioner_id = ?3 AND form_draft.finished_at IS NULL AND form_draft.dropped_at IS NULL AND (form_draft.target = '' "
               "OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.reference = form_draft.target AND ('*' = ?4 OR replace(?4, '|' || pathway_case.team || '|', '') != ?4 OR "
               "pathway_case.lead = ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND "
               'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN (SELECT '
               "access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
               "access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.guarded IS 0 OR '*' = ?7 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access "
               "WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR "
               "access.until_at > ?6))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id IS "
               "NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))) AND (pathway_case.restricted IS 0 OR replace(?7, ',' || "
               "pathway_case.pathway || ',', '') != ?7 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = "
               "'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6)) OR pathway_case.person_id IN "
               "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS "
               'NULL AND access.from_at <= ?6 AND (access.until_at IS NULL OR access.until_at > ?6))))))) AND form_draft.id = (SELECT numbered.id FROM (SELECT counted.id AS id, row_number() OVER '
               '(ORDER BY counted.id) AS number FROM form_draft AS counted WHERE counted.practitioner_id = ?3) AS numbered WHERE numbered.number = ?8)',
               (('answers', 'json'), ('saved_at', 'instant'), ('viewer', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain'), ('form_id', 'plain')),
               ()),
 'school_calendar': ('SELECT school_days.id, school_days.school, school_days.terms, school_days.version, school_days.loaded_at FROM school_days WHERE school_days.school = ? ORDER BY school_days.id '
                     'DESC LIMIT 1 OFFSET 0',
                     (('school', 'plain'),),
                     (('id', 'plain'), ('school', 'plain'), ('terms', 'plain'), ('version', 'plain'), ('loaded_at', 'instant'))),
 'school_calendars': ('SELECT school_days.id, school_days.school, school_days.terms, school_days.version, school_days.loaded_at FROM school_days WHERE school_days.id IN (SELECT max(school_days.id) '
                      'AS max_1 FROM school_days GROUP BY school_days.school) ORDER BY school_days.school',
                      (),
                      (('id', 'plain'), ('school', 'plain'), ('terms', 'plain'), ('version', 'plain'), ('loaded_at', 'instant'))),
 'seal_document': ('UPDATE document SET content=? WHERE document.id = ? AND document.page = ?', (('content', 'sealed_text'), ('document_id', 'plain'), ('page', 'plain')), ()),
 'seal_facts': ('UPDATE pathway_case SET facts=? WHERE pathway_case.id = ?', (('facts', 'sealed_json'), ('case_id', 'plain')), ()),
 'seal_page': ('UPDATE record SET body=? WHERE record.case_id = ? AND record.page = ?', (('body', 'sealed_json'), ('case_id', 'plain'), ('page', 'plain')), ()),
 'second_records_untold': ("SELECT again.scheme, again.value, again.recorded_at FROM person_identifier AS again WHERE again.scheme = 'la_child_id_again' AND (EXISTS (SELECT pathway_case.id FROM "
                           'pathway_case WHERE pathway_case.person_id = (SELECT person_identifier.person_id FROM person_identifier WHERE person_identifier.value = again.value AND '
                           "person_identifier.scheme = 'la_child_id'))) AND NOT (EXISTS (SELECT outbox.id FROM outbox JOIN pathway_case AS told_of ON told_of.reference = outbox.case_ref WHERE "
                           "outbox.event = 'pathways.access.second_record' AND told_of.person_id = (SELECT person_identifier.person_id FROM person_identifier WHERE person_identifier.value = "
                           "again.value AND person_identifier.scheme = 'la_child_id') AND outbox.recorded_at >= again.recorded_at)) ORDER BY again.id",
                           (),
                           (('scheme', 'plain'), ('value', 'plain'), ('recorded_at', 'instant'))),
 'secret_addresses_of': ('SELECT person_address.id, person_address.person_id, person_address.lines, person_address.folded, person_address.postcode, person_address.confidential, '
                         'person_address.from_on, person_address.to_on, person_address.recorded_at FROM person_address WHERE person_address.person_id = ? AND (person_address.to_on IS NULL OR '
                         'person_address.to_on >= ? OR person_address.confidential = 1) ORDER BY person_address.id',
                         (('person_id', 'plain'), ('today', 'day')),
                         (('id', 'plain'),
                          ('person_id', 'plain'),
                          ('lines', 'plain'),
                          ('folded', 'plain'),
                          ('postcode', 'plain'),
                          ('confidential', 'flag'),
                          ('from_on', 'day'),
                          ('to_on', 'day'),
                          ('recorded_at', 'instant'))),
 'sessions_of_leavers': ('SELECT supervision.id, supervision.held_on, supervised.login AS practitioner, supervised.to_on FROM supervision JOIN practitioner AS supervised ON supervised.id = '
                         "supervision.practitioner_id WHERE ('*' = ?1 OR supervision.supervisor_id = ?2 OR supervision.practitioner_id = ?2 OR (EXISTS (SELECT practitioner_role.id FROM "
                         'practitioner_role JOIN practitioner AS head ON head.id = practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = ?2 AND practitioner_role.from_on <= ?3 '
                         "AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= ?3) AND (supervision.kind = 'school' AND (practitioner_role.role = 'headteacher' OR "
                         "practitioner_role.role = 'principal') AND coalesce(nullif(practitioner_role.team, ''), head.team) = supervision.team AND coalesce(nullif(practitioner_role.team, ''), "
                         "head.team) != '' OR supervision.kind = 'social_care' AND (practitioner_role.role = 'senior_officer' OR practitioner_role.role = 'service_manager') AND "
                         "(coalesce(nullif(practitioner_role.team, ''), head.team) = supervision.team OR coalesce(nullif(practitioner_role.team, ''), head.team) = ''))))) AND "
                         'supervision.destroyed_at IS NULL AND supervised.to_on <= ?4 ORDER BY supervised.to_on, supervision.id',
                         (('clears', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('left_by', 'day')),
                         (('id', 'plain'), ('held_on', 'day'), ('practitioner', 'plain'), ('to_on', 'day'))),
 'setting_named': ('SELECT setting.value FROM setting WHERE setting.name = ?', (('name', 'plain'),), (('value', 'plain'),)),
 'settings': ('SELECT setting.name, setting.value FROM setting', (), (('name', 'plain'), ('value', 'plain'))),
 'shared_parked': ('SELECT count(*) AS cases FROM parked WHERE EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.id = parked.case_id AND pathway_case.guarded IS 0)',
                   (),
                   (('cases', 'plain'),)),
 'siblings_of_person': ('SELECT relationship.other_id, pathway_case.reference, pathway_case.pathway FROM relationship JOIN pathway_case ON pathway_case.person_id = relationship.other_id WHERE '
                        'relationship.person_id IN (SELECT ?1 AS person_id UNION ALL SELECT person_link.person_id FROM person_link WHERE person_link.other_id = ?1 AND person_link.ended_at IS NULL '
                        'UNION ALL SELECT person_link.other_id FROM person_link WHERE person_link.person_id = ?1 AND person_link.ended_at IS NULL UNION ALL SELECT fellow.other_id FROM person_link AS '
                        'fellow JOIN person_link ON person_link.person_id = fellow.person_id WHERE person_link.other_id = ?1 AND person_link.ended_at IS NULL AND fellow.ended_at IS NULL) AND '
                        "(relationship.kind = 'sibling' OR relationship.kind = 'half_sibling') AND relationship.to_on IS NULL AND pathway_case.is_open = 1 AND ('*' = ?2 OR replace(?2, '|' || "
                        "pathway_case.team || '|', '') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = "
                        "'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > "
                        "?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND "
                        'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.guarded IS 0 OR '
                        "'*' = ?6 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND "
                        'access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM '
                        "access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND "
                        "(access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR replace(?6, ',' || pathway_case.pathway || ',', '') != ?6 OR pathway_case.id IN "
                        "(SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND "
                        'access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access '
                        "WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                        '?5 AND (access.until_at IS NULL OR access.until_at > ?5)))) ORDER BY pathway_case.reference',
                        (('person_id', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                        (('other_id', 'plain'), ('reference', 'plain'), ('pathway', 'plain'))),
 'signatures_of_supervision': ('SELECT supervision_signature.id, supervision_signature.supervision_id, supervision_signature.practitioner_id, supervision_signature.capacity, '
                               'supervision_signature.instead_of, supervision_signature.said, supervision_signature.fingerprint, supervision_signature.signed_at, signer.login FROM '
                               'supervision_signature JOIN practitioner AS signer ON signer.id = supervision_signature.practitioner_id JOIN supervision ON supervision.id = '
                               "supervision_signature.supervision_id WHERE ('*' = ?1 OR supervision.supervisor_id = ?2 OR supervision.practitioner_id = ?2 OR (EXISTS (SELECT practitioner_role.id "
                               'FROM practitioner_role JOIN practitioner AS head ON head.id = practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = ?2 AND '
                               "practitioner_role.from_on <= ?3 AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= ?3) AND (supervision.kind = 'school' AND (practitioner_role.role = "
                               "'headteacher' OR practitioner_role.role = 'principal') AND coalesce(nullif(practitioner_role.team, ''), head.team) = supervision.team AND "
                               "coalesce(nullif(practitioner_role.team, ''), head.team) != '' OR supervision.kind = 'social_care' AND (practitioner_role.role = 'senior_officer' OR "
                               "practitioner_role.role = 'service_manager') AND (coalesce(nullif(practitioner_role.team, ''), head.team) = supervision.team OR coalesce(nullif(practitioner_role.team, "
                               "''), head.team) = ''))))) AND supervision_signature.supervision_id = ?4 ORDER BY supervision_signature.id",
                               (('clears', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('supervision_id', 'plain')),
                               (('id', 'plain'),
                                ('supervision_id', 'plain'),
                                ('practitioner_id', 'plain'),
                                ('capacity', 'plain'),
                                ('instead_of', 'plain'),
                                ('said', 'sealed_text'),
                                ('fingerprint', 'plain'),
                                ('signed_at', 'instant'),
                                ('login', 'plain'))),
 'staff_like_person': ('SELECT practitioner.id, practitioner.login, practitioner.title, practitioner.agency, practitioner.team, practitioner.given, practitioner.family, practitioner.folded, '
                       'practitioner.birth_date, practitioner.staff_number, practitioner.email, practitioner.from_on, practitioner.to_on, practitioner.recorded_at, practitioner.staff_number IN '
                       "(SELECT person_identifier.value FROM person_identifier WHERE person_identifier.person_id = ?1 AND person_identifier.scheme IN ('staff_number', 'staff_number_again')) AS "
                       'by_number FROM practitioner WHERE practitioner.staff_number IN (SELECT person_identifier.value FROM person_identifier WHERE person_identifier.person_id = ?1 AND '
                       "person_identifier.scheme IN ('staff_number', 'staff_number_again')) OR practitioner.folded != '' AND practitioner.folded IN (SELECT person_name.folded FROM person_name WHERE "
                       'person_name.person_id = ?1)',
                       (('person_id', 'plain'),),
                       (('id', 'plain'),
                        ('login', 'plain'),
                        ('title', 'plain'),
                        ('agency', 'plain'),
                        ('team', 'plain'),
                        ('given', 'plain'),
                        ('family', 'plain'),
                        ('folded', 'plain'),
                        ('birth_date', 'day'),
                        ('staff_number', 'plain'),
                        ('email', 'plain'),
                        ('from_on', 'day'),
                        ('to_on', 'day'),
                        ('recorded_at', 'instant'),
                        ('by_number', 'flag'))),
 'staff_register': ('SELECT practitioner.id, practitioner.login, practitioner.title, practitioner.agency, practitioner.team, practitioner.given, practitioner.family, practitioner.folded, '
                    'practitioner.birth_date, practitioner.staff_number, practitioner.email, practitioner.from_on, practitioner.to_on, practitioner.recorded_at FROM practitioner ORDER BY '
                    'practitioner.login',
                    (),
                    (('id', 'plain'),
                     ('login', 'plain'),
                     ('title', 'plain'),
                     ('agency', 'plain'),
                     ('team', 'plain'),
                     ('given', 'plain'),
                     ('family', 'plain'),
                     ('folded', 'plain'),
                     ('birth_date', 'day'),
                     ('staff_number', 'plain'),
                     ('email', 'plain'),
                     ('from_on', 'day'),
                     ('to_on', 'day'),
                     ('recorded_at', 'instant'))),
 'supervision_action': ('SELECT supervision_action.id, supervision_action.supervision_id, supervision_action.owner_id, supervision_action.due_on, supervision_action.what, '
                        'supervision_action.ended_on, supervision_action.ended_as, supervision_action.ended_why, supervision_action.ended_by, supervision_action.ended_at, owner.login AS owner, '
                        'supervised.login AS practitioner, supervision.held_on FROM supervision_action JOIN supervision ON supervision.id = supervision_action.supervision_id JOIN practitioner AS '
                        "owner ON owner.id = supervision_action.owner_id JOIN practitioner AS supervised ON supervised.id = supervision.practitioner_id WHERE ('*' = ?1 OR supervision.supervisor_id = "
                        '?2 OR supervision.practitioner_id = ?2 OR (EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN practitioner AS head ON head.id = '
                        'practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = ?2 AND practitioner_role.from_on <= ?3 AND (practitioner_role.to_on IS NULL OR '
                        "practitioner_role.to_on >= ?3) AND (supervision.kind = 'school' AND (practitioner_role.role = 'headteacher' OR practitioner_role.role = 'principal') AND "
                        "coalesce(nullif(practitioner_role.team, ''), head.team) = supervision.team AND coalesce(nullif(practitioner_role.team, ''), head.team) != '' OR supervision.kind = "
                        "'social_care' AND (practitioner_role.role = 'senior_officer' OR practitioner_role.role = 'service_manager') AND (coalesce(nullif(practitioner_role.team, ''), head.team) = "
                        "supervision.team OR coalesce(nullif(practitioner_role.team, ''), head.team) = ''))))) AND supervision_action.id = ?4",
                        (('clears', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('action_id', 'plain')),
                        (('id', 'plain'),
                         ('supervision_id', 'plain'),
                         ('owner_id', 'plain'),
                         ('due_on', 'day'),
                         ('what', 'sealed_text'),
                         ('ended_on', 'day'),
                         ('ended_as', 'plain'),
                         ('ended_why', 'sealed_text'),
                         ('ended_by', 'plain'),
                         ('ended_at', 'instant'),
                         ('owner', 'plain'),
                         ('practitioner', 'plain'),
                         ('held_on', 'day'))),
 'supervision_actions': ('SELECT supervision_action.id, supervision_action.supervision_id, supervision_action.owner_id, supervision_action.due_on, supervision_action.what, '
                         'supervision_action.ended_on, supervision_action.ended_as, supervision_action.ended_why, supervision_action.ended_by, supervision_action.ended_at, owner.login AS owner, '
                         'supervised.login AS practitioner, supervision.held_on FROM supervision_action JOIN supervision ON supervision.id = supervision_action.supervision_id JOIN practitioner AS '
                         "owner ON owner.id = supervision_action.owner_id JOIN practitioner AS supervised ON supervised.id = supervision.practitioner_id WHERE ('*' = ?1 OR supervision.supervisor_id "
                         '= ?2 OR supervision.practitioner_id = ?2 OR (EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN practitioner AS head ON head.id = '
                         'practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = ?2 AND practitioner_role.from_on <= ?3 AND (practitioner_role.to_on IS NULL OR '
                         "practitioner_role.to_on >= ?3) AND (supervision.kind = 'school' AND (practitioner_role.role = 'headteacher' OR practitioner_role.role = 'principal') AND "
                         "coalesce(nullif(practitioner_role.team, ''), head.team) = supervision.team AND coalesce(nullif(practitioner_role.team, ''), head.team) != '' OR supervision.kind = "
                         "'social_care' AND (practitioner_role.role = 'senior_officer' OR practitioner_role.role = 'service_manager') AND (coalesce(nullif(practitioner_role.team, ''), head.team) = "
                         "supervision.team OR coalesce(nullif(practitioner_role.team, ''), head.team) = ''))))) AND (?4 = '' OR supervised.login = ?4) ORDER BY supervision_action.due_on, "
                         'supervision_action.id',
                         (('clears', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('login', 'plain')),
                         (('id', 'plain'),
                          ('supervision_id', 'plain'),
                          ('owner_id', 'plain'),
                          ('due_on', 'day'),
                          ('what', 'sealed_text'),
                          ('ended_on', 'day'),
                          ('ended_as', 'plain'),
                          ('ended_why', 'sealed_text'),
                          ('ended_by', 'plain'),
                          ('ended_at', 'instant'),
                          ('owner', 'plain'),
                          ('practitioner', 'plain'),
                          ('held_on', 'day'))),
 'supervision_by_id': ('SELECT supervision.id, supervision.kind, supervision.form, supervision.supervisor_id, supervision.practitioner_id, supervision.team, supervision.held_on, '
                       'supervision.head_present, supervision.body, supervision.fingerprint, supervision.by_login, supervision.recorded_at, supervision.destroyed_at, supervision.destroyed_by, '
                       'supervision.certificate, supervisor.login AS supervisor, supervised.login AS practitioner, supervised.title AS title, supervised.to_on AS left_on FROM supervision JOIN '
                       "practitioner AS supervisor ON supervisor.id = supervision.supervisor_id JOIN practitioner AS supervised ON supervised.id = supervision.practitioner_id WHERE ('*' = ?1 OR "
                       'supervision.supervisor_id = ?2 OR supervision.practitioner_id = ?2 OR (EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN practitioner AS head ON head.id = '
                       'practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = ?2 AND practitioner_role.from_on <= ?3 AND (practitioner_role.to_on IS NULL OR '
                       "practitioner_role.to_on >= ?3) AND (supervision.kind = 'school' AND (practitioner_role.role = 'headteacher' OR practitioner_role.role = 'principal') AND "
                       "coalesce(nullif(practitioner_role.team, ''), head.team) = supervision.team AND coalesce(nullif(practitioner_role.team, ''), head.team) != '' OR supervision.kind = "
                       "'social_care' AND (practitioner_role.role = 'senior_officer' OR practitioner_role.role = 'service_manager') AND (coalesce(nullif(practitioner_role.team, ''), head.team) = "
                       "supervision.team OR coalesce(nullif(practitioner_role.team, ''), head.team) = ''))))) AND supervision.id = ?4",
                       (('clears', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('supervision_id', 'plain')),
                       (('id', 'plain'),
                        ('kind', 'plain'),
                        ('form', 'plain'),
                        ('supervisor_id', 'plain'),
                        ('practitioner_id', 'plain'),
                        ('team', 'plain'),
                        ('held_on', 'day'),
                        ('head_present', 'flag'),
                        ('body', 'sealed_json'),
                        ('fingerprint', 'plain'),
                        ('by_login', 'plain'),
                        ('recorded_at', 'instant'),
                        ('destroyed_at', 'instant'),
                        ('destroyed_by', 'plain'),
                        ('certificate', 'plain'),
                        ('supervisor', 'plain'),
                        ('practitioner', 'plain'),
                        ('title', 'plain'),
                        ('left_on', 'day'))),
 'supervisions': ('SELECT supervision.id, supervision.kind, supervision.form, supervision.supervisor_id, supervision.practitioner_id, supervision.team, supervision.held_on, supervision.head_present, '
                  'supervision.body, supervision.fingerprint, supervision.by_login, supervision.recorded_at, supervision.destroyed_at, supervision.destroyed_by, supervision.certificate, '
                  'supervisor.login AS supervisor, supervised.login AS practitioner, supervised.title AS title, supervised.to_on AS left_on FROM supervision JOIN practitioner AS supervisor ON '
                  "supervisor.id = supervision.supervisor_id JOIN practitioner AS supervised ON supervised.id = supervision.practitioner_id WHERE ('*' = ?1 OR supervision.supervisor_id = ?2 OR "
                  'supervision.practitioner_id = ?2 OR (EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN practitioner AS head ON head.id = practitioner_role.practitioner_id WHERE '
                  "practitioner_role.practitioner_id = ?2 AND practitioner_role.from_on <= ?3 AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= ?3) AND (supervision.kind = 'school' "
                  "AND (practitioner_role.role = 'headteacher' OR practitioner_role.role = 'principal') AND coalesce(nullif(practitioner_role.team, ''), head.team) = supervision.team AND "
                  "coalesce(nullif(practitioner_role.team, ''), head.team) != '' OR supervision.kind = 'social_care' AND (practitioner_role.role = 'senior_officer' OR practitioner_role.role = "
                  "'service_manager') AND (coalesce(nullif(practitioner_role.team, ''), head.team) = supervision.team OR coalesce(nullif(practitioner_role.team, ''), head.team) = ''))))) AND (?4 = "
                  "'' OR supervised.login = ?4) ORDER BY supervision.held_on DESC, supervision.id DESC",
                  (('clears', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('login', 'plain')),
                  (('id', 'plain'),
                   ('kind', 'plain'),
                   ('form', 'plain'),
                   ('supervisor_id', 'plain'),
                   ('practitioner_id', 'plain'),
                   ('team', 'plain'),
                   ('held_on', 'day'),
                   ('head_present', 'flag'),
                   ('body', 'sealed_json'),
                   ('fingerprint', 'plain'),
                   ('by_login', 'plain'),
                   ('recorded_at', 'instant'),
                   ('destroyed_at', 'instant'),
                   ('destroyed_by', 'plain'),
                   ('certificate', 'plain'),
                   ('supervisor', 'plain'),
                   ('practitioner', 'plain'),
                   ('title', 'plain'),
                   ('left_on', 'day'))),
 'team_meeting_on': ('SELECT team_meeting.id FROM team_meeting WHERE team_meeting.team = ? AND team_meeting.held_on = ?', (('team', 'plain'), ('held_on', 'day')), (('id', 'plain'),)),
 'teams_at_work': ('SELECT practitioner_role.team FROM practitioner_role WHERE practitioner_role.from_on <= ?1 AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= ?1) UNION SELECT '
                   'practitioner.team FROM practitioner JOIN practitioner_role ON practitioner_role.practitioner_id = practitioner.id WHERE practitioner_role.from_on <= ?1 AND '
                   '(practitioner_role.to_on IS NULL OR practitioner_role.to_on >= ?1)',
                   (('on', 'day'),),
                   (('team', 'plain'),)),
 'tombstone_of': ('SELECT tombstone.case_ref, tombstone.pathway, tombstone.entries, tombstone.head, tombstone.rule, tombstone.because, tombstone.by_login, tombstone.second_login, '
                  'tombstone.destroyed_at, tombstone.certificate FROM tombstone WHERE tombstone.case_ref = ?',
                  (('case_ref', 'plain'),),
                  (('case_ref', 'plain'),
                   ('pathway', 'plain'),
                   ('entries', 'plain'),
                   ('head', 'bytes'),
                   ('rule', 'plain'),
                   ('because', 'plain'),
                   ('by_login', 'plain'),
                   ('second_login', 'plain'),
                   ('destroyed_at', 'instant'),
                   ('certificate', 'plain'))),
 'tonight': ('SELECT 0 AS held, EXISTS (SELECT 1 FROM deadline WHERE deadline.look_at < ?) AS due, EXISTS (SELECT 1 FROM practitioner WHERE practitioner.id IS NOT NULL) AS subjects, EXISTS (SELECT 1 '
             'FROM person WHERE person.expected_delivery_date IS NOT NULL) AS births, EXISTS (SELECT 1 WHERE 0 = 1) AS deaths, EXISTS (SELECT 1 WHERE 0 = 1) AS seconds',
             (('as_of', 'instant'),),
             (('held', 'flag'), ('due', 'flag'), ('subjects', 'flag'), ('births', 'flag'), ('deaths', 'flag'), ('seconds', 'flag'))),
 'trail_of_case': ('SELECT trail.case_ref, trail.seq, trail.at, trail.effective_at, trail.actor, trail.role, trail.action, trail.from_state, trail.to_state, trail.rule, trail.basis, trail.voids, '
                   'trail."key", trail.commitment, trail.prev, trail.hash, trail.format, trail_payload.salt, trail_payload.body FROM trail LEFT OUTER JOIN trail_payload ON trail_payload.case_ref = '
                   "trail.case_ref AND trail_payload.seq = trail.seq JOIN pathway_case ON pathway_case.reference = trail.case_ref WHERE trail.case_ref = ?1 AND ('*' = ?2 OR replace(?2, '|' || "
                   "pathway_case.team || '|', '') != ?2 OR pathway_case.lead = ?3 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = "
                   "'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)) OR "
                   "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS "
                   "NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.guarded IS 0 OR '*' = ?6 OR "
                   "(pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS "
                   'NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                   "access.practitioner_id = ?4 AND access.kind = 'excluded' AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR "
                   "access.until_at > ?5))) AND (pathway_case.restricted IS 0 OR replace(?6, ',' || pathway_case.pathway || ',', '') != ?6 OR pathway_case.id IN (SELECT access.case_id FROM access "
                   "WHERE access.practitioner_id = ?4 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND "
                   '(access.until_at IS NULL OR access.until_at > ?5)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?4 AND (access.kind = '
                   "'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?5 AND (access.until_at IS NULL OR access.until_at > ?5)))) "
                   'ORDER BY trail.seq',
                   (('reference', 'plain'), ('circle', 'plain'), ('called', 'plain'), ('viewer', 'plain'), ('viewed_at', 'instant'), ('clears', 'plain')),
                   (('case_ref', 'plain'),
                    ('seq', 'plain'),
                    ('at', 'instant'),
                    ('effective_at', 'instant'),
                    ('actor', 'plain'),
                    ('role', 'plain'),
                    ('action', 'plain'),
                    ('from_state', 'plain'),
                    ('to_state', 'plain'),
                    ('rule', 'plain'),
                    ('basis', 'plain'),
                    ('voids', 'plain'),
                    ('key', 'plain'),
                    ('commitment', 'bytes'),
                    ('prev', 'bytes'),
                    ('hash', 'bytes'),
                    ('format', 'plain'),
                    ('salt', 'bytes'),
                    ('body', 'sealed_text'))),
 'training_on': ('SELECT training.id FROM training WHERE training.practitioner_id = ? AND training.completed_on = ?', (('practitioner_id', 'plain'), ('on', 'day')), (('id', 'plain'),)),
 'tree_runs': ('SELECT tree_run.place, tree_run.hashes FROM tree_run WHERE tree_run.level = ? AND tree_run.place IN (SELECT taken.value FROM json_each(?) AS taken)',
               (('level', 'plain'), ('places', 'plain')),
               (('place', 'plain'), ('hashes', 'bytes'))),
 'unclaim_notice': ('UPDATE notice SET send_after=?, attempts=?, last_fault=? WHERE notice.id = ?',
                    (('send_after', 'instant'), ('attempts', 'plain'), ('last_fault', 'plain'), ('notice_id', 'plain')),
                    ()),
 'uncovered_chains': ('SELECT chain.case_ref, chain.seq, chain.hash, checkpoint_leaf.place, coalesce(checkpoint_leaf.entries, 0) AS covered, checkpoint_leaf.head AS covered_head FROM (SELECT '
                      'waiting.case_ref AS case_ref, (SELECT trail.seq FROM trail WHERE trail.case_ref = waiting.case_ref ORDER BY trail.seq DESC LIMIT 1 OFFSET 0) AS seq, (SELECT trail.hash FROM '
                      'trail WHERE trail.case_ref = waiting.case_ref ORDER BY trail.seq DESC LIMIT 1 OFFSET 0) AS hash FROM (SELECT DISTINCT oldest.case_ref AS case_ref FROM (SELECT uncovered.id AS '
                      'id, uncovered.case_ref AS case_ref FROM uncovered ORDER BY uncovered.id LIMIT ? OFFSET 0) AS oldest) AS waiting WHERE EXISTS (SELECT trail.seq FROM trail WHERE trail.case_ref '
                      '= waiting.case_ref)) AS chain LEFT OUTER JOIN checkpoint_leaf ON checkpoint_leaf.case_ref = chain.case_ref AND checkpoint_leaf.checkpoint_id = (SELECT '
                      'max(every_leaf.checkpoint_id) AS max_1 FROM checkpoint_leaf AS every_leaf WHERE every_leaf.case_ref = chain.case_ref)',
                      (('most', 'plain'),),
                      (('case_ref', 'plain'), ('seq', 'plain'), ('hash', 'bytes'), ('place', 'plain'), ('covered', 'plain'), ('covered_head', 'bytes'))),
 'unpark': ('DELETE FROM parked WHERE parked.case_id = ?', (('case_id', 'plain'),), ()),
 'unused_of_import': ('SELECT import_unused.id, import_unused.run_id, import_unused.child, import_unused.line, import_unused.element, import_unused.value, import_unused.reason, import_unused.rule, '
                      'import_unused.kind FROM import_unused WHERE import_unused.run_id = ? ORDER BY import_unused.id',
                      (('run_id', 'plain'),),
                      (('id', 'plain'),
                       ('run_id', 'plain'),
                       ('child', 'plain'),
                       ('line', 'plain'),
                       ('element', 'plain'),
                       ('value', 'plain'),
                       ('reason', 'plain'),
                       ('rule', 'plain'),
                       ('kind', 'plain'))),
 'void_record': ('UPDATE record SET voided_seq=? WHERE record.case_id = ? AND record.seq = ?', (('voided_seq', 'plain'), ('case_id', 'plain'), ('seq', 'plain')), ()),
 'waiting_proposal': ('SELECT proposal.id, proposal.kind, proposal.target, proposal.details, proposal.because, proposal.asked_by, proposal.asked_at, proposal.verdict, proposal.decided_by, '
                      "proposal.decided_at, proposal.decided_because FROM proposal WHERE proposal.target = ? AND proposal.kind = ? AND proposal.verdict = 'waiting' ORDER BY proposal.id DESC LIMIT 1 "
                      'OFFSET 0',
                      (('target', 'plain'), ('kind', 'plain')),
                      (('id', 'plain'),
                       ('kind', 'plain'),
                       ('target', 'plain'),
                       ('details', 'json'),
                       ('because', 'plain'),
                       ('asked_by', 'plain'),
                       ('asked_at', 'instant'),
                       ('verdict', 'plain'),
                       ('decided_by', 'plain'),
                       ('decided_at', 'instant'),
                       ('decided_because', 'plain'))),
 'wall_cases': ('SELECT pathway_case.id, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.opened_at, '
                'pathway_case.closed_at FROM pathway_case WHERE pathway_case.restricted IS 0 AND pathway_case.pathway = ? AND (pathway_case.is_open = 1 OR pathway_case.closed_at >= ?)',
                (('pathway', 'plain'), ('since', 'instant')),
                (('id', 'plain'),
                 ('person_id', 'plain'),
                 ('episode_id', 'plain'),
                 ('state', 'plain'),
                 ('is_open', 'flag'),
                 ('outcome', 'plain'),
                 ('facts', 'sealed_json'),
                 ('opened_at', 'instant'),
                 ('closed_at', 'instant'))),
 'wall_checkpoint': ('SELECT checkpoint.at, checkpoint.chains FROM checkpoint ORDER BY checkpoint.id DESC LIMIT 1 OFFSET 0', (), (('at', 'instant'), ('chains', 'plain'))),
 'wall_clocks': ('SELECT deadline.case_id, deadline.rule, deadline.due_on, deadline.due_at, deadline.status, deadline.closed_at FROM deadline JOIN pathway_case ON pathway_case.id = deadline.case_id '
                 "WHERE pathway_case.restricted IS 0 AND pathway_case.pathway = ?1 AND replace(?2, ',' || deadline.rule || ',', '') != ?2 AND (deadline.closed_at IS NULL AND (deadline.status = "
                 "'open' OR deadline.status = 'missed') OR deadline.status = 'met' AND (pathway_case.is_open = 1 OR deadline.closed_at >= ?3)) ORDER BY deadline.case_id, deadline.due_at",
                 (('pathway', 'plain'), ('rules', 'plain'), ('since', 'instant')),
                 (('case_id', 'plain'), ('rule', 'plain'), ('due_on', 'day'), ('due_at', 'instant'), ('status', 'plain'), ('closed_at', 'instant'))),
 'wall_former_plans': ("SELECT pathway_case.person_id, pathway_case.closed_at FROM pathway_case WHERE pathway_case.restricted IS 0 AND pathway_case.pathway = 'child_protection' AND "
                       "pathway_case.state = 'ended' AND pathway_case.is_open IS 0 AND pathway_case.closed_at < ?",
                       (('before', 'instant'),),
                       (('person_id', 'plain'), ('closed_at', 'instant'))),
 'wall_impossible': ('SELECT coalesce(sum(CASE WHEN (episode.opened_on < person.birth_date AND person.expected_delivery_date IS NULL) THEN 1 ELSE 0 END), 0) AS before_birth, coalesce(sum(CASE WHEN '
                     '(episode.closed_on < episode.opened_on) THEN 1 ELSE 0 END), 0) AS closed_first, coalesce(sum(CASE WHEN (episode.opened_on > person.died_on) THEN 1 ELSE 0 END), 0) AS '
                     'after_death, coalesce(sum(CASE WHEN (episode.opened_on > ?) THEN 1 ELSE 0 END), 0) AS in_future FROM episode JOIN person ON person.id = episode.person_id WHERE EXISTS (SELECT * '
                     'FROM pathway_case WHERE pathway_case.episode_id = episode.id AND pathway_case.restricted IS 0)',
                     (('today', 'day'),),
                     (('before_birth', 'plain'), ('closed_first', 'plain'), ('after_death', 'plain'), ('in_future', 'plain'))),
 'wall_known': ('SELECT pathway_case.pathway, count(*) AS cases, coalesce(sum(CASE WHEN (person.birth_date IS NOT NULL OR person.expected_delivery_date IS NOT NULL) THEN 1 ELSE 0 END), 0) AS birth, '
                "coalesce(sum(CASE WHEN (person.sex = 'M' OR person.sex = 'F') THEN 1 ELSE 0 END), 0) AS sex, coalesce(sum(CASE WHEN (person.ethnicity IS NOT NULL) THEN 1 ELSE 0 END), 0) AS "
                'ethnicity, coalesce(sum(CASE WHEN (episode.referral_source IS NOT NULL) THEN 1 ELSE 0 END), 0) AS source, coalesce(sum(CASE WHEN (episode.primary_need IS NOT NULL) THEN 1 ELSE 0 '
                'END), 0) AS need FROM pathway_case JOIN person ON person.id = pathway_case.person_id JOIN episode ON episode.id = pathway_case.episode_id WHERE pathway_case.restricted IS 0 AND '
                "pathway_case.is_open = 1 AND (pathway_case.pathway = 'child_in_need' OR pathway_case.pathway = 'child_protection' OR pathway_case.pathway = 'immediate_protection') GROUP BY "
                'pathway_case.pathway ORDER BY pathway_case.pathway',
                (),
                (('pathway', 'plain'), ('cases', 'plain'), ('birth', 'plain'), ('sex', 'plain'), ('ethnicity', 'plain'), ('source', 'plain'), ('need', 'plain'))),
 'wall_late': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.team, deadline.rule, deadline.due_at FROM deadline JOIN pathway_case ON pathway_case.id = deadline.case_id WHERE '
               "deadline.closed_at IS NULL AND (deadline.status = 'open' OR deadline.status = 'missed') AND pathway_case.restricted IS 0 AND pathway_case.guarded IS 0 AND deadline.due_at < ?1 AND "
               "replace(?2, ',' || deadline.rule || ',', '') = ?2 ORDER BY deadline.due_at, pathway_case.reference, deadline.rule LIMIT ?3 OFFSET 0",
               (('now', 'instant'), ('gates', 'plain'), ('most', 'plain')),
               (('reference', 'plain'), ('pathway', 'plain'), ('team', 'plain'), ('rule', 'plain'), ('due_at', 'instant'))),
 'wall_late_tasks': ('SELECT count(*) AS tasks, count(DISTINCT deadline.case_id) AS cases FROM deadline JOIN pathway_case ON pathway_case.id = deadline.case_id WHERE deadline.closed_at IS NULL AND '
                     "(deadline.status = 'open' OR deadline.status = 'missed') AND pathway_case.restricted IS 0 AND deadline.due_at < ?1 AND replace(?2, ',' || deadline.rule || ',', '') = ?2",
                     (('now', 'instant'), ('gates', 'plain')),
                     (('tasks', 'plain'), ('cases', 'plain'))),
 'wall_loads': ('SELECT pathway_case.pathway, pathway_case.team, pathway_case.lead, count(*) AS cases FROM pathway_case WHERE pathway_case.restricted IS 0 AND pathway_case.is_open = 1 GROUP BY '
                'pathway_case.pathway, pathway_case.team, pathway_case.lead ORDER BY pathway_case.pathway, pathway_case.team',
                (),
                (('pathway', 'plain'), ('team', 'plain'), ('lead', 'plain'), ('cases', 'plain'))),
 'wall_over_time': ('SELECT daily_count.day, daily_count.pathway, sum(daily_count.open_cases) AS open_cases, sum(daily_count.late) AS late FROM daily_count WHERE daily_count.day >= ? GROUP BY '
                    'daily_count.day, daily_count.pathway ORDER BY daily_count.day, daily_count.pathway',
                    (('since', 'day'),),
                    (('day', 'day'), ('pathway', 'plain'), ('open_cases', 'plain'), ('late', 'plain'))),
 'wall_plans': ('SELECT episode.id, episode.details FROM episode JOIN pathway_case ON pathway_case.episode_id = episode.id WHERE pathway_case.restricted IS 0 AND pathway_case.pathway = '
                '\'child_protection\' AND (pathway_case.is_open = 1 OR pathway_case.closed_at >= ?) AND episode.source_key IS NOT NULL AND replace(replace(episode.details, \'"previous_plans":0\', '
                '\'\'), \'"previous_plans":\', \'\') != replace(episode.details, \'"previous_plans":0\', \'\')',
                (('since', 'instant'),),
                (('id', 'plain'), ('details', 'json'))),
 'wall_records': ('SELECT record.case_id, record.kind, record.happened_at, record.body FROM record JOIN pathway_case ON pathway_case.id = record.case_id WHERE pathway_case.restricted IS 0 AND '
                  "replace(?1, ',' || record.kind || ',', '') != ?1 AND record.happened_at >= ?2 AND record.voided_seq IS NULL ORDER BY record.case_id, record.happened_at, record.id",
                  (('kinds', 'plain'), ('since', 'instant')),
                  (('case_id', 'plain'), ('kind', 'plain'), ('happened_at', 'instant'), ('body', 'sealed_json'))),
 'wall_referred': ('SELECT DISTINCT episode.person_id, episode.id, episode.opened_on FROM episode JOIN pathway_case ON pathway_case.episode_id = episode.id WHERE pathway_case.restricted IS 0 AND '
                   "(pathway_case.pathway = 'front_door' AND NOT (pathway_case.state = 'draft' OR pathway_case.state = 'emergency' OR pathway_case.state = 'internal_dispute' OR pathway_case.state = "
                   "'not_referred') OR pathway_case.pathway = 'child_in_need' OR pathway_case.pathway = 'child_protection' OR pathway_case.pathway = 'immediate_protection') AND episode.opened_on >= "
                   '?',
                   (('since', 'day'),),
                   (('person_id', 'plain'), ('id', 'plain'), ('opened_on', 'day'))),
 'wall_runs': ('SELECT check_run.id, check_run.as_of, check_run.started_at, check_run.finished_at, check_run.rulebook, check_run.calendar, check_run.cases, check_run.missed, check_run.moved, '
               'check_run.reminded, check_run.parked FROM check_run ORDER BY check_run.as_of DESC, check_run.id DESC LIMIT ? OFFSET 0',
               (('most', 'plain'),),
               (('id', 'plain'),
                ('as_of', 'instant'),
                ('started_at', 'instant'),
                ('finished_at', 'instant'),
                ('rulebook', 'plain'),
                ('calendar', 'plain'),
                ('cases', 'plain'),
                ('missed', 'plain'),
                ('moved', 'plain'),
                ('reminded', 'plain'),
                ('parked', 'plain'))),
 'wall_standing': ('SELECT pathway_case.pathway, pathway_case.team, count(*) AS cases, coalesce(sum(CASE WHEN (presses.due < ?1) THEN 1 ELSE 0 END), 0) AS late, coalesce(sum(CASE WHEN (presses.due '
                   '>= ?1 AND presses.due <= ?2) THEN 1 ELSE 0 END), 0) AS today, coalesce(sum(CASE WHEN (presses.due > ?2 AND presses.due <= ?3) THEN 1 ELSE 0 END), 0) AS week, coalesce(sum(CASE '
                   'WHEN (presses.due < ?1 AND presses.due >= ?4) THEN 1 ELSE 0 END), 0) AS fresh, coalesce(sum(CASE WHEN pathway_case.is_open THEN 1 ELSE 0 END), 0) AS still_open FROM pathway_case '
                   "LEFT OUTER JOIN (SELECT deadline.case_id AS case_id, min(deadline.due_at) AS due FROM deadline WHERE deadline.closed_at IS NULL AND (deadline.status = 'open' OR deadline.status = "
                   "'missed') AND replace(?5, ',' || deadline.rule || ',', '') = ?5 GROUP BY deadline.case_id) AS presses ON presses.case_id = pathway_case.id WHERE pathway_case.restricted IS 0 AND "
                   '(pathway_case.is_open = 1 OR presses.due IS NOT NULL) GROUP BY pathway_case.pathway, pathway_case.team ORDER BY pathway_case.pathway, pathway_case.team',
                   (('now', 'instant'), ('tonight', 'instant'), ('until', 'instant'), ('since', 'instant'), ('gates', 'plain')),
                   (('pathway', 'plain'), ('team', 'plain'), ('cases', 'plain'), ('late', 'plain'), ('today', 'plain'), ('week', 'plain'), ('fresh', 'plain'), ('still_open', 'plain'))),
 'whole_tombstones': ('SELECT tombstone.case_ref, tombstone.pathway, tombstone.entries, tombstone.head, tombstone.rule, tombstone.because, tombstone.by_login, tombstone.second_login, '
                      'tombstone.destroyed_at, tombstone.certificate FROM tombstone ORDER BY tombstone.case_ref',
                      (),
                      (('case_ref', 'plain'),
                       ('pathway', 'plain'),
                       ('entries', 'plain'),
                       ('head', 'bytes'),
                       ('rule', 'plain'),
                       ('because', 'plain'),
                       ('by_login', 'plain'),
                       ('second_login', 'plain'),
                       ('destroyed_at', 'instant'),
                       ('certificate', 'plain'))),
 'whole_trail': ('SELECT trail.case_ref, trail.seq, trail.at, trail.effective_at, trail.actor, trail.role, trail.action, trail.from_state, trail.to_state, trail.rule, trail.basis, trail.voids, '
                 'trail."key", trail.commitment, trail.prev, trail.hash, trail.format, trail_payload.salt, trail_payload.body FROM trail LEFT OUTER JOIN trail_payload ON trail_payload.case_ref = '
                 'trail.case_ref AND trail_payload.seq = trail.seq ORDER BY trail.case_ref, trail.seq',
                 (),
                 (('case_ref', 'plain'),
                  ('seq', 'plain'),
                  ('at', 'instant'),
                  ('effective_at', 'instant'),
                  ('actor', 'plain'),
                  ('role', 'plain'),
                  ('action', 'plain'),
                  ('from_state', 'plain'),
                  ('to_state', 'plain'),
                  ('rule', 'plain'),
                  ('basis', 'plain'),
                  ('voids', 'plain'),
                  ('key', 'plain'),
                  ('commitment', 'bytes'),
                  ('prev', 'bytes'),
                  ('hash', 'bytes'),
                  ('format', 'plain'),
                  ('salt', 'bytes'),
                  ('body', 'sealed_text'))),
 'withhold_messages': ('UPDATE outbox SET event_id=NULL, sent_at=NULL, done_at=? WHERE outbox.done_at IS NULL AND (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.reference = '
                       'outbox.case_ref AND pathway_case.guarded = 1))',
                       (('now', 'instant'),),
                       ()),
 'work_until': ("SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.team, pathway_case.lead, CASE WHEN (deadline.rule IN ('cp.report_icpc', 'cp.report_rcpc')) THEN "
                'pathway_case.facts END AS facts, deadline.rule, deadline.due_on, deadline.due_at, deadline.plan_by, deadline.status, deadline.statutory FROM deadline JOIN pathway_case ON '
                "pathway_case.id = deadline.case_id WHERE deadline.closed_at IS NULL AND ('*' = ?1 OR replace(?1, '|' || pathway_case.team || '|', '') != ?1 OR pathway_case.lead = ?2 OR "
                "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.case_id IS NOT NULL AND "
                'access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                "access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND "
                "(access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.guarded IS 0 OR '*' = ?5 OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                "access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR "
                "access.until_at > ?4))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND access.kind = 'excluded' AND access.person_id "
                "IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4))) AND (pathway_case.restricted IS 0 OR replace(?5, ',' || "
                "pathway_case.pathway || ',', '') != ?5 OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = "
                "'glass') AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)) OR pathway_case.person_id IN "
                "(SELECT access.person_id FROM access WHERE access.practitioner_id = ?3 AND (access.kind = 'allowed' OR access.kind = 'glass') AND access.person_id IS NOT NULL AND access.ended_at IS "
                "NULL AND access.from_at <= ?4 AND (access.until_at IS NULL OR access.until_at > ?4)))) AND (deadline.status = 'open' OR deadline.status = 'missed') AND (?6 = '' OR pathway_case.team "
                "= ?6) AND (?7 = '' OR pathway_case.lead = ?7 OR pathway_case.lead = ?8) AND (?9 = '' OR pathway_case.pathway = ?9) AND (?10 = '' OR pathway_case.state = ?10) AND deadline.due_at <= "
                '?11 ORDER BY deadline.due_at ASC, pathway_case.reference, deadline.rule LIMIT ?12 OFFSET 0',
                (('circle', 'plain'),
                 ('called', 'plain'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('clears', 'plain'),
                 ('team', 'plain'),
                 ('lead', 'plain'),
                 ('title', 'plain'),
                 ('pathway', 'plain'),
                 ('state', 'plain'),
                 ('until', 'instant'),
                 ('most', 'plain')),
                (('reference', 'plain'),
                 ('pathway', 'plain'),
                 ('state', 'plain'),
                 ('team', 'plain'),
                 ('lead', 'plain'),
                 ('facts', 'sealed_json'),
                 ('rule', 'plain'),
                 ('due_on', 'day'),
                 ('due_at', 'instant'),
                 ('plan_by', 'day'),
                 ('status', 'plain'),
                 ('statutory', 'flag'))),
 'written_since': ('SELECT coalesce(((SELECT max(uncovered.id) AS max_1 FROM uncovered) - (SELECT min(uncovered.id) AS min_1 FROM uncovered)) + 1, 0) AS waiting, (SELECT count(*) AS count_1 FROM '
                   'check_run WHERE check_run.id = (SELECT max(check_run.id) AS max_2 FROM check_run) AND check_run.finished_at IS NULL AND check_run.started_at > ?) AS checking',
                   (('checks_since', 'instant'),),
                   (('waiting', 'plain'), ('checking', 'plain')))}

POSTGRESQL: dict[str, Text] = {'access_lists': ('SELECT access.id, access.case_id, access.person_id, access.practitioner_id, access.kind, access.because, access.by_login, access.second_login, access.from_at, access.until_at, '
                  'access.ended_at, access.ended_by, access.recorded_at, practitioner.login, practitioner.title, practitioner.agency, practitioner.to_on FROM access JOIN practitioner ON '
                  'practitioner.id = access.practitioner_id WHERE access.case_id = %s::BIGINT OR access.person_id = %s::BIGINT ORDER BY access.id',
                  (('case_id', 'plain'), ('person_id', 'plain')),
                  (('id', 'plain'),
                   ('case_id', 'plain'),
                   ('person_id', 'plain'),
                   ('practitioner_id', 'plain'),
                   ('kind', 'plain'),
                   ('because', 'plain'),
                   ('by_login', 'plain'),
                   ('second_login', 'plain'),
                   ('from_at', 'instant'),
                   ('until_at', 'instant'),
                   ('ended_at', 'instant'),
                   ('ended_by', 'plain'),
                   ('recorded_at', 'instant'),
                   ('login', 'plain'),
                   ('title', 'plain'),
                   ('agency', 'plain'),
                   ('to_on', 'day'))),
 'actions_of_supervision': ('SELECT supervision_action.id, supervision_action.supervision_id, supervision_action.owner_id, supervision_action.due_on, supervision_action.what, '
                            'supervision_action.ended_on, supervision_action.ended_as, supervision_action.ended_why, supervision_action.ended_by, supervision_action.ended_at, owner.login AS owner, '
                            'supervised.login AS practitioner, supervision.held_on FROM supervision_action JOIN supervision ON supervision.id = supervision_action.supervision_id JOIN practitioner AS '
                            "owner ON owner.id = supervision_action.owner_id JOIN practitioner AS supervised ON supervised.id = supervision.practitioner_id WHERE ('*'::VARCHAR = %s::VARCHAR OR "
                            'supervision.supervisor_id = %s::BIGINT OR supervision.practitioner_id = %s::BIGINT OR (EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN practitioner AS '
                            'head ON head.id = practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = %s::BIGINT AND practitioner_role.from_on <= %s::DATE AND '
                            "(practitioner_role.to_on IS NULL OR practitioner_role.to_on >= %s::DATE) AND (supervision.kind = 'school'::VARCHAR AND (practitioner_role.role = 'headteacher'::VARCHAR "
                            "OR practitioner_role.role = 'principal'::VARCHAR) AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision.team AND "
                            "coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) != ''::VARCHAR OR supervision.kind = 'social_care'::VARCHAR AND (practitioner_role.role = "
                            "'senior_officer'::VARCHAR OR practitioner_role.role = 'service_manager'::VARCHAR) AND (coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = "
                            "supervision.team OR coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = ''::VARCHAR))))) AND supervision_action.supervision_id = %s::BIGINT ORDER BY "
                            'supervision_action.id',
                            (('clears', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('today', 'day'), ('supervision_id', 'plain')),
                            (('id', 'plain'),
                             ('supervision_id', 'plain'),
                             ('owner_id', 'plain'),
                             ('due_on', 'day'),
                             ('what', 'sealed_text'),
                             ('ended_on', 'day'),
                             ('ended_as', 'plain'),
                             ('ended_why', 'sealed_text'),
                             ('ended_by', 'plain'),
                             ('ended_at', 'instant'),
                             ('owner', 'plain'),
                             ('practitioner', 'plain'),
                             ('held_on', 'day'))),
 'add_access': ('INSERT INTO access (case_id, person_id, practitioner_id, kind, because, by_login, second_login, from_at, until_at, ended_at, ended_by, recorded_at) VALUES (%s::BIGINT, %s::BIGINT, '
                '%s::BIGINT, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE, %s::VARCHAR, %s::TIMESTAMP '
                'WITH TIME ZONE)',
                (('case_id', 'plain'),
                 ('person_id', 'plain'),
                 ('practitioner_id', 'plain'),
                 ('kind', 'plain'),
                 ('because', 'plain'),
                 ('by_login', 'plain'),
                 ('second_login', 'plain'),
                 ('from_at', 'instant'),
                 ('until_at', 'instant'),
                 ('ended_at', 'instant'),
                 ('ended_by', 'plain'),
                 ('recorded_at', 'instant')),
                ()),
 'add_bank_holiday': ('INSERT INTO bank_holiday (day, name) VALUES (%s::DATE, %s::VARCHAR)', (('day', 'day'), ('name', 'plain')), ()),
 'add_calendar_feed': ('INSERT INTO calendar_feed (token, team, login, by_login, from_at, ended_at, ended_by) VALUES (%s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::TIMESTAMP WITH TIME '
                       'ZONE, %s::TIMESTAMP WITH TIME ZONE, %s::VARCHAR)',
                       (('token', 'plain'), ('team', 'plain'), ('login', 'plain'), ('by_login', 'plain'), ('from_at', 'instant'), ('ended_at', 'instant'), ('ended_by', 'plain')),
                       ()),
 'add_case_key': ('INSERT INTO case_key (case_ref, store_key, sealed, made_at) VALUES (%s::VARCHAR COLLATE "C", %s::VARCHAR, %s, %s::TIMESTAMP WITH TIME ZONE)',
                  (('case_ref', 'plain'), ('store_key', 'plain'), ('sealed', 'bytes'), ('made_at', 'instant')),
                  ()),
 'add_check_run': ('INSERT INTO check_run (as_of, started_at, finished_at, rulebook, calendar, cases, missed, moved, reminded, parked) VALUES (%s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME '
                   'ZONE, %s::TIMESTAMP WITH TIME ZONE, %s::VARCHAR, %s::VARCHAR, %s::INTEGER, %s::INTEGER, %s::INTEGER, %s::INTEGER, %s::INTEGER) RETURNING check_run.id',
                   (('as_of', 'instant'),
                    ('started_at', 'instant'),
                    ('finished_at', 'instant'),
                    ('rulebook', 'plain'),
                    ('calendar', 'plain'),
                    ('cases', 'plain'),
                    ('missed', 'plain'),
                    ('moved', 'plain'),
                    ('reminded', 'plain'),
                    ('parked', 'plain')),
                   (('id', 'plain'),)),
 'add_checkpoint': ('INSERT INTO checkpoint (at, chains, entries, root, text, signature, signed_by, outbox_id, follows) VALUES (%s::TIMESTAMP WITH TIME ZONE, %s::INTEGER, %s::BIGINT, %s, '
                    '%s::VARCHAR, %s, %s::VARCHAR, %s::BIGINT, %s::VARCHAR) RETURNING checkpoint.id',
                    (('at', 'instant'),
                     ('chains', 'plain'),
                     ('entries', 'plain'),
                     ('root', 'bytes'),
                     ('text', 'plain'),
                     ('signature', 'bytes'),
                     ('signed_by', 'plain'),
                     ('outbox_id', 'plain'),
                     ('follows', 'plain')),
                    (('id', 'plain'),)),
 'add_checkpoint_leaf': ('INSERT INTO checkpoint_leaf (checkpoint_id, case_ref, entries, head, place) SELECT anon_1.checkpoint_id, anon_1.case_ref, anon_1.entries, anon_1.head, anon_1.place FROM '
                         'unnest(%s::BIGINT[], %s::TEXT[], %s::INTEGER[], %s::BYTEA[], %s::INTEGER[]) AS anon_1(checkpoint_id, case_ref, entries, head, place)',
                         (('checkpoint_id', 'plain'), ('case_ref', 'plain'), ('entries', 'plain'), ('head', 'plain'), ('place', 'plain')),
                         ()),
 'add_copy_run': ('INSERT INTO copy_run (kind, started_at, finished_at, name, whole, said, chains, entries, root) VALUES (%s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE, '
                  '%s::VARCHAR, %s, %s::VARCHAR, %s::INTEGER, %s::BIGINT, %s::VARCHAR) RETURNING copy_run.id',
                  (('kind', 'plain'),
                   ('started_at', 'instant'),
                   ('finished_at', 'instant'),
                   ('name', 'plain'),
                   ('whole', 'flag'),
                   ('said', 'plain'),
                   ('chains', 'plain'),
                   ('entries', 'plain'),
                   ('root', 'plain')),
                  (('id', 'plain'),)),
 'add_daily_count': ('INSERT INTO daily_count (day, pathway, team, open_cases, late, due_today, due_soon, recorded_at) VALUES (%s::DATE, %s::VARCHAR, %s::VARCHAR, %s::INTEGER, %s::INTEGER, '
                     '%s::INTEGER, %s::INTEGER, %s::TIMESTAMP WITH TIME ZONE)',
                     (('day', 'day'), ('pathway', 'plain'), ('team', 'plain'), ('open_cases', 'plain'), ('late', 'plain'), ('due_today', 'plain'), ('due_soon', 'plain'), ('recorded_at', 'instant')),
                     ()),
 'add_deadline': ('INSERT INTO deadline (key, case_id, rule, edition, start_event, started, due_on, due_at, plan_by, calendar, status, statutory, look_at, told, opened_seq, closed_at, closed_seq, '
                  'missed_seq) VALUES (%s::VARCHAR, %s::BIGINT, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::DATE, %s::TIMESTAMP WITH TIME ZONE, %s::DATE, %s::VARCHAR, %s::VARCHAR, %s, '
                  '%s::TIMESTAMP WITH TIME ZONE, %s::INTEGER, %s::INTEGER, %s::TIMESTAMP WITH TIME ZONE, %s::INTEGER, %s::INTEGER)',
                  (('key', 'plain'),
                   ('case_id', 'plain'),
                   ('rule', 'plain'),
                   ('edition', 'plain'),
                   ('start_event', 'plain'),
                   ('started', 'plain'),
                   ('due_on', 'day'),
                   ('due_at', 'instant'),
                   ('plan_by', 'day'),
                   ('calendar', 'plain'),
                   ('status', 'plain'),
                   ('statutory', 'flag'),
                   ('look_at', 'instant'),
                   ('told', 'plain'),
                   ('opened_seq', 'plain'),
                   ('closed_at', 'instant'),
                   ('closed_seq', 'plain'),
                   ('missed_seq', 'plain')),
                  ()),
 'add_document': ('INSERT INTO document (case_id, meeting_id, number, kind, recipient, person_id, version, form, template, template_print, rests_on, page, seq, made_at, made_by, size, fingerprint, '
                  'content, sent_at, sent_how, sent_by, sent_seq) VALUES (%s::BIGINT, %s::BIGINT, %s::INTEGER, %s::VARCHAR, %s::VARCHAR, %s::BIGINT, %s::INTEGER, %s::VARCHAR, %s::VARCHAR, '
                  '%s::VARCHAR, %s::VARCHAR, %s::INTEGER, %s::INTEGER, %s::TIMESTAMP WITH TIME ZONE, %s::VARCHAR, %s::INTEGER, %s::VARCHAR, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE, %s::VARCHAR, '
                  '%s::VARCHAR, %s::INTEGER)',
                  (('case_id', 'plain'),
                   ('meeting_id', 'plain'),
                   ('number', 'plain'),
                   ('kind', 'plain'),
                   ('recipient', 'plain'),
                   ('person_id', 'plain'),
                   ('version', 'plain'),
                   ('form', 'plain'),
                   ('template', 'plain'),
                   ('template_print', 'plain'),
                   ('rests_on', 'json'),
                   ('page', 'plain'),
                   ('seq', 'plain'),
                   ('made_at', 'instant'),
                   ('made_by', 'plain'),
                   ('size', 'plain'),
                   ('fingerprint', 'plain'),
                   ('content', 'sealed_text'),
                   ('sent_at', 'instant'),
                   ('sent_how', 'plain'),
                   ('sent_by', 'plain'),
                   ('sent_seq', 'plain')),
                  ()),
 'add_file_mark': ('INSERT INTO file_mark (case_id, person_id, kind, pension_on, page, by_login, from_at, ended_at, ended_by) VALUES (%s::BIGINT, %s::BIGINT, %s::VARCHAR, %s::DATE, %s::INTEGER, '
                   '%s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE, %s::VARCHAR)',
                   (('case_id', 'plain'),
                    ('person_id', 'plain'),
                    ('kind', 'plain'),
                    ('pension_on', 'day'),
                    ('page', 'plain'),
                    ('by_login', 'plain'),
                    ('from_at', 'instant'),
                    ('ended_at', 'instant'),
                    ('ended_by', 'plain')),
                   ()),
 'add_form': ('INSERT INTO form_draft (practitioner_id, command, target, answers, begun_at, saved_at, finished_at, dropped_at) VALUES (%s::BIGINT, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, '
              '%s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE) RETURNING form_draft.id',
              (('practitioner_id', 'plain'),
               ('command', 'plain'),
               ('target', 'plain'),
               ('answers', 'json'),
               ('begun_at', 'instant'),
               ('saved_at', 'instant'),
               ('finished_at', 'instant'),
               ('dropped_at', 'instant')),
              (('id', 'plain'),)),
 'add_household_member': ('INSERT INTO household_member (household_id, person_id, part, from_on, to_on, recorded_at) VALUES (%s::BIGINT, %s::BIGINT, %s::VARCHAR, %s::DATE, %s::DATE, %s::TIMESTAMP '
                          'WITH TIME ZONE)',
                          (('household_id', 'plain'), ('person_id', 'plain'), ('part', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant')),
                          ()),
 'add_identifier_once': ('INSERT INTO person_identifier (person_id, scheme, value, from_on, to_on, recorded_at) VALUES (%s::BIGINT, %s::VARCHAR, %s::VARCHAR, %s::DATE, %s::DATE, %s::TIMESTAMP WITH '
                         'TIME ZONE) ON CONFLICT DO NOTHING',
                         (('person_id', 'plain'), ('scheme', 'plain'), ('value', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant')),
                         ()),
 'add_import_run': ('INSERT INTO import_run (kind, fingerprint, reference_date, started_at, finished_at, children, cases, unused) VALUES (%s::VARCHAR, %s::VARCHAR, %s::DATE, %s::TIMESTAMP WITH TIME '
                    'ZONE, %s::TIMESTAMP WITH TIME ZONE, %s::INTEGER, %s::INTEGER, %s::INTEGER) RETURNING import_run.id',
                    (('kind', 'plain'),
                     ('fingerprint', 'plain'),
                     ('reference_date', 'day'),
                     ('started_at', 'instant'),
                     ('finished_at', 'instant'),
                     ('children', 'plain'),
                     ('cases', 'plain'),
                     ('unused', 'plain')),
                    (('id', 'plain'),)),
 'add_import_unused': ('INSERT INTO import_unused (run_id, child, line, element, value, reason, rule, kind) VALUES (%s::BIGINT, %s::VARCHAR, %s::INTEGER, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, '
                       '%s::VARCHAR, %s::VARCHAR)',
                       (('run_id', 'plain'), ('child', 'plain'), ('line', 'plain'), ('element', 'plain'), ('value', 'plain'), ('reason', 'plain'), ('rule', 'plain'), ('kind', 'plain')),
                       ()),
 'add_meeting_case': ('INSERT INTO meeting_case (meeting_id, case_id, joined_at, left_at) VALUES (%s::BIGINT, %s::BIGINT, %s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE)',
                      (('meeting_id', 'plain'), ('case_id', 'plain'), ('joined_at', 'instant'), ('left_at', 'instant')),
                      ()),
 'add_meeting_person': ('INSERT INTO meeting_person (meeting_id, person_id, part) VALUES (%s::BIGINT, %s::BIGINT, %s::VARCHAR COLLATE "C") ON CONFLICT DO NOTHING',
                        (('meeting_id', 'plain'), ('person_id', 'plain'), ('part', 'plain')),
                        ()),
 'add_notice': ('INSERT INTO notice (key, kind, practitioner_id, agency, subject, body, queued_at, send_after, attempts, last_fault) VALUES (%s::VARCHAR, %s::VARCHAR, %s::BIGINT, %s::VARCHAR, '
                '%s::VARCHAR, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE, %s::INTEGER, %s::VARCHAR) ON CONFLICT DO NOTHING',
                (('key', 'plain'),
                 ('kind', 'plain'),
                 ('practitioner_id', 'plain'),
                 ('agency', 'plain'),
                 ('subject', 'plain'),
                 ('body', 'plain'),
                 ('queued_at', 'instant'),
                 ('send_after', 'instant'),
                 ('attempts', 'plain'),
                 ('last_fault', 'plain')),
                ()),
 'add_outbox': ('INSERT INTO outbox (key, event, case_ref, pathway, team, rule, due_on, to_roles, effective_at, recorded_at, done_at) VALUES (%s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, '
                '%s::VARCHAR, %s::VARCHAR, %s::DATE, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE) ON CONFLICT DO NOTHING',
                (('key', 'plain'),
                 ('event', 'plain'),
                 ('case_ref', 'plain'),
                 ('pathway', 'plain'),
                 ('team', 'plain'),
                 ('rule', 'plain'),
                 ('due_on', 'day'),
                 ('to_roles', 'plain'),
                 ('effective_at', 'instant'),
                 ('recorded_at', 'instant'),
                 ('done_at', 'instant')),
                ()),
 'add_payload': ('INSERT INTO trail_payload (case_ref, seq, salt, body) VALUES (%s::VARCHAR COLLATE "C", %s::INTEGER, %s, %s::VARCHAR)',
                 (('case_ref', 'plain'), ('seq', 'plain'), ('salt', 'bytes'), ('body', 'sealed_text')),
                 ()),
 'add_person_address': ('INSERT INTO person_address (person_id, lines, folded, postcode, confidential, from_on, to_on, recorded_at) VALUES (%s::BIGINT, %s::VARCHAR, %s::VARCHAR COLLATE "C", '
                        '%s::VARCHAR, %s, %s::DATE, %s::DATE, %s::TIMESTAMP WITH TIME ZONE)',
                        (('person_id', 'plain'),
                         ('lines', 'plain'),
                         ('folded', 'plain'),
                         ('postcode', 'plain'),
                         ('confidential', 'flag'),
                         ('from_on', 'day'),
                         ('to_on', 'day'),
                         ('recorded_at', 'instant')),
                        ()),
 'add_person_characteristic': ('INSERT INTO person_characteristic (person_id, kind, code, from_on, to_on, recorded_at) VALUES (%s::BIGINT, %s::VARCHAR, %s::VARCHAR, %s::DATE, %s::DATE, %s::TIMESTAMP '
                               'WITH TIME ZONE)',
                               (('person_id', 'plain'), ('kind', 'plain'), ('code', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant')),
                               ()),
 'add_person_identifier': ('INSERT INTO person_identifier (person_id, scheme, value, from_on, to_on, recorded_at) VALUES (%s::BIGINT, %s::VARCHAR, %s::VARCHAR, %s::DATE, %s::DATE, %s::TIMESTAMP WITH '
                           'TIME ZONE)',
                           (('person_id', 'plain'), ('scheme', 'plain'), ('value', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant')),
                           ()),
 'add_person_link': ('INSERT INTO person_link (person_id, other_id, because, by_login, from_at, ended_at, ended_by, ended_because) VALUES (%s::BIGINT, %s::BIGINT, %s::VARCHAR, %s::VARCHAR, '
                     '%s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE, %s::VARCHAR, %s::VARCHAR)',
                     (('person_id', 'plain'),
                      ('other_id', 'plain'),
                      ('because', 'plain'),
                      ('by_login', 'plain'),
                      ('from_at', 'instant'),
                      ('ended_at', 'instant'),
                      ('ended_by', 'plain'),
                      ('ended_because', 'plain')),
                     ()),
 'add_person_name': ('INSERT INTO person_name (person_id, kind, given, family, folded, sounds, from_on, to_on, recorded_at) VALUES (%s::BIGINT, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, '
                     '%s::VARCHAR, %s::DATE, %s::DATE, %s::TIMESTAMP WITH TIME ZONE)',
                     (('person_id', 'plain'),
                      ('kind', 'plain'),
                      ('given', 'plain'),
                      ('family', 'plain'),
                      ('folded', 'plain'),
                      ('sounds', 'plain'),
                      ('from_on', 'day'),
                      ('to_on', 'day'),
                      ('recorded_at', 'instant')),
                     ()),
 'add_practitioner': ('INSERT INTO practitioner (login, title, agency, team, given, family, folded, birth_date, staff_number, email, from_on, to_on, recorded_at) VALUES (%s::VARCHAR, %s::VARCHAR, '
                      '%s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::DATE, %s::VARCHAR, %s::VARCHAR, %s::DATE, %s::DATE, %s::TIMESTAMP WITH TIME ZONE) RETURNING '
                      'practitioner.id',
                      (('login', 'plain'),
                       ('title', 'plain'),
                       ('agency', 'plain'),
                       ('team', 'plain'),
                       ('given', 'plain'),
                       ('family', 'plain'),
                       ('folded', 'plain'),
                       ('birth_date', 'day'),
                       ('staff_number', 'plain'),
                       ('email', 'plain'),
                       ('from_on', 'day'),
                       ('to_on', 'day'),
                       ('recorded_at', 'instant')),
                      (('id', 'plain'),)),
 'add_practitioner_role': ('INSERT INTO practitioner_role (practitioner_id, role, agency, team, from_on, to_on, recorded_at) VALUES (%s::BIGINT, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::DATE, '
                           '%s::DATE, %s::TIMESTAMP WITH TIME ZONE)',
                           (('practitioner_id', 'plain'), ('role', 'plain'), ('agency', 'plain'), ('team', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant')),
                           ()),
 'add_proposal': ('INSERT INTO proposal (kind, target, details, because, asked_by, asked_at, verdict, decided_by, decided_at, decided_because) VALUES (%s::VARCHAR, %s::VARCHAR, %s::VARCHAR, '
                  '%s::VARCHAR, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE, %s::VARCHAR, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE, %s::VARCHAR)',
                  (('kind', 'plain'),
                   ('target', 'plain'),
                   ('details', 'json'),
                   ('because', 'plain'),
                   ('asked_by', 'plain'),
                   ('asked_at', 'instant'),
                   ('verdict', 'plain'),
                   ('decided_by', 'plain'),
                   ('decided_at', 'instant'),
                   ('decided_because', 'plain')),
                  ()),
 'add_record': ('INSERT INTO record (case_id, page, seq, kind, entry, title, happened_at, recorded_at, author, role, body, voided_seq, destroyed_seq) VALUES (%s::BIGINT, %s::INTEGER, %s::INTEGER, '
                '%s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::INTEGER, %s::INTEGER)',
                (('case_id', 'plain'),
                 ('page', 'plain'),
                 ('seq', 'plain'),
                 ('kind', 'plain'),
                 ('entry', 'plain'),
                 ('title', 'plain'),
                 ('happened_at', 'instant'),
                 ('recorded_at', 'instant'),
                 ('author', 'plain'),
                 ('role', 'plain'),
                 ('body', 'sealed_json'),
                 ('voided_seq', 'plain'),
                 ('destroyed_seq', 'plain')),
                ()),
 'add_relationship': ('INSERT INTO relationship (person_id, other_id, kind, from_on, to_on, recorded_at) VALUES (%s::BIGINT, %s::BIGINT, %s::VARCHAR, %s::DATE, %s::DATE, %s::TIMESTAMP WITH TIME '
                      'ZONE) ON CONFLICT DO NOTHING',
                      (('person_id', 'plain'), ('other_id', 'plain'), ('kind', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant')),
                      ()),
 'add_restriction': ('INSERT INTO restriction (case_id, person_id, because, by_login, from_at, lifted_at, lifted_by, lifted_second) VALUES (%s::BIGINT, %s::BIGINT, %s::VARCHAR, %s::VARCHAR, '
                     '%s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE, %s::VARCHAR, %s::VARCHAR)',
                     (('case_id', 'plain'),
                      ('person_id', 'plain'),
                      ('because', 'plain'),
                      ('by_login', 'plain'),
                      ('from_at', 'instant'),
                      ('lifted_at', 'instant'),
                      ('lifted_by', 'plain'),
                      ('lifted_second', 'plain')),
                     ()),
 'add_school_days': ('INSERT INTO school_days (school, terms, version, loaded_at) VALUES (%s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE)',
                     (('school', 'plain'), ('terms', 'plain'), ('version', 'plain'), ('loaded_at', 'instant')),
                     ()),
 'add_supervision': ('INSERT INTO supervision (kind, form, supervisor_id, practitioner_id, team, held_on, head_present, fingerprint, by_login, recorded_at) VALUES (%s::VARCHAR, %s::VARCHAR, '
                     '%s::BIGINT, %s::BIGINT, %s::VARCHAR, %s::DATE, %s, %s::VARCHAR, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE) RETURNING supervision.id',
                     (('kind', 'plain'),
                      ('form', 'plain'),
                      ('supervisor_id', 'plain'),
                      ('practitioner_id', 'plain'),
                      ('team', 'plain'),
                      ('held_on', 'day'),
                      ('head_present', 'flag'),
                      ('fingerprint', 'plain'),
                      ('by_login', 'plain'),
                      ('recorded_at', 'instant')),
                     (('id', 'plain'),)),
 'add_supervision_action': ('INSERT INTO supervision_action (supervision_id, owner_id, due_on, what, ended_on, ended_as, ended_why, ended_by, ended_at) VALUES (%s::BIGINT, %s::BIGINT, %s::DATE, '
                            '%s::VARCHAR, %s::DATE, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE)',
                            (('supervision_id', 'plain'),
                             ('owner_id', 'plain'),
                             ('due_on', 'day'),
                             ('what', 'sealed_text'),
                             ('ended_on', 'day'),
                             ('ended_as', 'plain'),
                             ('ended_why', 'sealed_text'),
                             ('ended_by', 'plain'),
                             ('ended_at', 'instant')),
                            ()),
 'add_supervision_case': ('INSERT INTO supervision_case (supervision_id, case_id, seq) VALUES (%s::BIGINT, %s::BIGINT, %s::INTEGER)',
                          (('supervision_id', 'plain'), ('case_id', 'plain'), ('seq', 'plain')),
                          ()),
 'add_supervision_due': ('INSERT INTO supervision_due (practitioner_id, supervisor_id, kind, team, last_on, late, found_on) VALUES (%s::BIGINT, %s::BIGINT, %s::VARCHAR, %s::VARCHAR, %s::DATE, %s, '
                         '%s::DATE)',
                         (('practitioner_id', 'plain'), ('supervisor_id', 'plain'), ('kind', 'plain'), ('team', 'plain'), ('last_on', 'day'), ('late', 'flag'), ('found_on', 'day')),
                         ()),
 'add_supervision_signature': ('INSERT INTO supervision_signature (supervision_id, practitioner_id, capacity, instead_of, said, fingerprint, signed_at) VALUES (%s::BIGINT, %s::BIGINT, %s::VARCHAR, '
                               '%s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE)',
                               (('supervision_id', 'plain'),
                                ('practitioner_id', 'plain'),
                                ('capacity', 'plain'),
                                ('instead_of', 'plain'),
                                ('said', 'sealed_text'),
                                ('fingerprint', 'plain'),
                                ('signed_at', 'instant')),
                               ()),
 'add_team_meeting': ('INSERT INTO team_meeting (team, held_on, by_login, recorded_at) VALUES (%s::VARCHAR, %s::DATE, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE)',
                      (('team', 'plain'), ('held_on', 'day'), ('by_login', 'plain'), ('recorded_at', 'instant')),
                      ()),
 'add_tombstone': ('INSERT INTO tombstone (case_ref, pathway, entries, head, rule, because, by_login, second_login, destroyed_at, certificate) VALUES (%s::VARCHAR COLLATE "C", %s::VARCHAR, '
                   '%s::INTEGER, %s, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE, %s::VARCHAR)',
                   (('case_ref', 'plain'),
                    ('pathway', 'plain'),
                    ('entries', 'plain'),
                    ('head', 'bytes'),
                    ('rule', 'plain'),
                    ('because', 'plain'),
                    ('by_login', 'plain'),
                    ('second_login', 'plain'),
                    ('destroyed_at', 'instant'),
                    ('certificate', 'plain')),
                   ()),
 'add_trail': ('INSERT INTO trail (case_ref, seq, at, effective_at, actor, role, action, from_state, to_state, rule, basis, voids, key, commitment, prev, hash, format) VALUES (%s::VARCHAR COLLATE '
               '"C", %s::INTEGER, %s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::INTEGER, '
               '%s::VARCHAR, %s, %s, %s, %s::INTEGER)',
               (('case_ref', 'plain'),
                ('seq', 'plain'),
                ('at', 'instant'),
                ('effective_at', 'instant'),
                ('actor', 'plain'),
                ('role', 'plain'),
                ('action', 'plain'),
                ('from_state', 'plain'),
                ('to_state', 'plain'),
                ('rule', 'plain'),
                ('basis', 'plain'),
                ('voids', 'plain'),
                ('key', 'plain'),
                ('commitment', 'bytes'),
                ('prev', 'bytes'),
                ('hash', 'bytes'),
                ('format', 'plain')),
               ()),
 'add_training': ('INSERT INTO training (practitioner_id, completed_on, by_login, recorded_at) VALUES (%s::BIGINT, %s::DATE, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE)',
                  (('practitioner_id', 'plain'), ('completed_on', 'day'), ('by_login', 'plain'), ('recorded_at', 'instant')),
                  ()),
 'addresses_of_person': ('SELECT person_address.id, person_address.person_id, person_address.lines, person_address.folded, person_address.postcode, person_address.confidential, '
                         'person_address.from_on, person_address.to_on, person_address.recorded_at FROM person_address WHERE person_address.person_id = %s::BIGINT ORDER BY person_address.id',
                         (('person_id', 'plain'),),
                         (('id', 'plain'),
                          ('person_id', 'plain'),
                          ('lines', 'plain'),
                          ('folded', 'plain'),
                          ('postcode', 'plain'),
                          ('confidential', 'flag'),
                          ('from_on', 'day'),
                          ('to_on', 'day'),
                          ('recorded_at', 'instant'))),
 'adults_like_staff': ('SELECT person.id FROM person WHERE person.id IN (SELECT person_name.person_id FROM person_name WHERE person_name.folded IN (SELECT practitioner.folded FROM practitioner WHERE '
                       "practitioner.folded != ''::VARCHAR) UNION SELECT person_identifier.person_id FROM person_identifier WHERE person_identifier.value IN (SELECT practitioner.staff_number FROM "
                       "practitioner WHERE practitioner.staff_number IS NOT NULL) AND person_identifier.scheme IN ('staff_number'::VARCHAR, 'staff_number_again'::VARCHAR)) AND person.kind = "
                       "'adult'::VARCHAR ORDER BY person.id",
                       (),
                       (('id', 'plain'),)),
 'any_case': ('SELECT pathway_case.id FROM pathway_case LIMIT 1::INTEGER', (), (('id', 'plain'),)),
 'any_practitioner': ('SELECT practitioner.id FROM practitioner LIMIT 1::INTEGER', (), (('id', 'plain'),)),
 'bank_holidays': ('SELECT bank_holiday.day, bank_holiday.name FROM bank_holiday ORDER BY bank_holiday.day', (), (('day', 'day'), ('name', 'plain'))),
 'before_a_key': ('SELECT EXISTS (SELECT tombstone.case_ref FROM tombstone WHERE tombstone.case_ref = %s::VARCHAR) AS destroyed, EXISTS (SELECT trail_payload.seq FROM trail_payload WHERE '
                  "trail_payload.case_ref = %s::VARCHAR AND substr(trail_payload.body, 1::INTEGER, 3::INTEGER) = '~1.'::VARCHAR) AS sealed",
                  (('case_ref', 'plain'), ('case_ref', 'plain')),
                  (('destroyed', 'flag'), ('sealed', 'flag'))),
 'births_awaited': ('SELECT pathway_case.reference, pathway_case.facts, pathway_case.is_open, person.birth_date FROM person JOIN pathway_case ON pathway_case.person_id = person.id + 0 WHERE '
                    "pathway_case.guarded IS true AND person.expected_delivery_date IS NOT NULL ORDER BY pathway_case.reference || ''::VARCHAR",
                    (),
                    (('reference', 'plain'), ('facts', 'sealed_json'), ('is_open', 'flag'), ('birth_date', 'day'))),
 'calendar_feed_of': ('SELECT calendar_feed.id, calendar_feed.token, calendar_feed.team, calendar_feed.login, calendar_feed.by_login, calendar_feed.from_at, calendar_feed.ended_at, '
                      'calendar_feed.ended_by FROM calendar_feed WHERE calendar_feed.team = %s::VARCHAR AND calendar_feed.login = %s::VARCHAR AND calendar_feed.ended_at IS NULL',
                      (('team', 'plain'), ('login', 'plain')),
                      (('id', 'plain'), ('token', 'plain'), ('team', 'plain'), ('login', 'plain'), ('by_login', 'plain'), ('from_at', 'instant'), ('ended_at', 'instant'), ('ended_by', 'plain'))),
 'case_by_id': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                'person.expected_delivery_date, person.died_on, person.kind AS person_kind FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE pathway_case.id = %s::BIGINT',
                (('case_id', 'plain'),),
                (('id', 'plain'),
                 ('reference', 'plain'),
                 ('pathway', 'plain'),
                 ('definition', 'plain'),
                 ('person_id', 'plain'),
                 ('episode_id', 'plain'),
                 ('state', 'plain'),
                 ('is_open', 'flag'),
                 ('outcome', 'plain'),
                 ('facts', 'sealed_json'),
                 ('version', 'plain'),
                 ('seq', 'plain'),
                 ('head', 'bytes'),
                 ('team', 'plain'),
                 ('lead', 'plain'),
                 ('restricted', 'flag'),
                 ('guarded', 'flag'),
                 ('basis', 'plain'),
                 ('opened_at', 'instant'),
                 ('closed_at', 'instant'),
                 ('changed_at', 'instant'),
                 ('birth_date', 'day'),
                 ('expected_delivery_date', 'day'),
                 ('died_on', 'day'),
                 ('person_kind', 'plain'))),
 'case_by_reference': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                       'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                       'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                       'person.expected_delivery_date, person.died_on, person.kind AS person_kind FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE pathway_case.reference = '
                       "%s::VARCHAR AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = "
                       "%s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                       "'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                       'access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind '
                       "= 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                       "(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN "
                       "(SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL "
                       'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN '
                       "(SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS "
                       'NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS '
                       "false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                       "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                       'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                       "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT "
                       'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))))',
                       (('reference', 'plain'),
                        ('circle', 'plain'),
                        ('circle', 'plain'),
                        ('circle', 'plain'),
                        ('called', 'plain'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('clears', 'plain'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('clears', 'plain'),
                        ('clears', 'plain'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant')),
                       (('id', 'plain'),
                        ('reference', 'plain'),
                        ('pathway', 'plain'),
                        ('definition', 'plain'),
                        ('person_id', 'plain'),
                        ('episode_id', 'plain'),
                        ('state', 'plain'),
                        ('is_open', 'flag'),
                        ('outcome', 'plain'),
                        ('facts', 'sealed_json'),
                        ('version', 'plain'),
                        ('seq', 'plain'),
                        ('head', 'bytes'),
                        ('team', 'plain'),
                        ('lead', 'plain'),
                        ('restricted', 'flag'),
                        ('guarded', 'flag'),
                        ('basis', 'plain'),
                        ('opened_at', 'instant'),
                        ('closed_at', 'instant'),
                        ('changed_at', 'instant'),
                        ('birth_date', 'day'),
                        ('expected_delivery_date', 'day'),
                        ('died_on', 'day'),
                        ('person_kind', 'plain'))),
 'case_key_of': ('SELECT case_key.case_ref, case_key.store_key, case_key.sealed, case_key.made_at FROM case_key WHERE case_key.case_ref = %s::VARCHAR',
                 (('case_ref', 'plain'),),
                 (('case_ref', 'plain'), ('store_key', 'plain'), ('sealed', 'bytes'), ('made_at', 'instant'))),
 'case_keys_of': ('SELECT case_key.case_ref, case_key.store_key, case_key.sealed, case_key.made_at FROM case_key WHERE case_key.case_ref IN (SELECT anon_1.value FROM '
                  'json_array_elements_text(CAST(%s::VARCHAR AS JSON)) AS anon_1(value))',
                  (('references', 'plain'),),
                  (('case_ref', 'plain'), ('store_key', 'plain'), ('sealed', 'bytes'), ('made_at', 'instant'))),
 'case_to_change': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                    'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                    'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, (SELECT coalesce(max(record.page), '
                    '0::INTEGER) AS coalesce_1 FROM record WHERE record.case_id = pathway_case.id) AS page, coalesce(((SELECT max(uncovered.id) AS max_1 FROM uncovered) - (SELECT min(uncovered.id) '
                    "AS min_1 FROM uncovered)) + 1::BIGINT, 0::INTEGER) AS waiting FROM pathway_case WHERE pathway_case.reference = %s::VARCHAR AND ('*'::VARCHAR = %s::VARCHAR OR "
                    "replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT "
                    "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND "
                    'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                    "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) "
                    'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP '
                    "WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = "
                    "%s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                    '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                    "TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || "
                    "pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                    "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                    'ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                    'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) FOR UPDATE OF pathway_case',
                    (('reference', 'plain'),
                     ('circle', 'plain'),
                     ('circle', 'plain'),
                     ('circle', 'plain'),
                     ('called', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant')),
                    (('id', 'plain'),
                     ('reference', 'plain'),
                     ('pathway', 'plain'),
                     ('definition', 'plain'),
                     ('person_id', 'plain'),
                     ('episode_id', 'plain'),
                     ('state', 'plain'),
                     ('is_open', 'flag'),
                     ('outcome', 'plain'),
                     ('facts', 'sealed_json'),
                     ('version', 'plain'),
                     ('seq', 'plain'),
                     ('head', 'bytes'),
                     ('team', 'plain'),
                     ('lead', 'plain'),
                     ('restricted', 'flag'),
                     ('guarded', 'flag'),
                     ('basis', 'plain'),
                     ('opened_at', 'instant'),
                     ('closed_at', 'instant'),
                     ('changed_at', 'instant'),
                     ('page', 'plain'),
                     ('waiting', 'plain'))),
 'cases_led_by': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.team, pathway_case.lead, pathway_case.opened_at FROM pathway_case WHERE pathway_case.is_open '
                  "AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
                  "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                  'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME '
                  "ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                  "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > "
                  "%s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                  "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                  'ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                  "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                  "TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || "
                  "pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                  "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE "
                  'AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
                  "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                  "%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND (pathway_case.lead = %s::VARCHAR OR %s::VARCHAR != ''::VARCHAR "
                  'AND pathway_case.lead = %s::VARCHAR) ORDER BY pathway_case.reference',
                  (('circle', 'plain'),
                   ('circle', 'plain'),
                   ('circle', 'plain'),
                   ('called', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('clears', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('clears', 'plain'),
                   ('clears', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('lead', 'plain'),
                   ('title', 'plain'),
                   ('title', 'plain')),
                  (('reference', 'plain'), ('pathway', 'plain'), ('state', 'plain'), ('team', 'plain'), ('lead', 'plain'), ('opened_at', 'instant'))),
 'cases_less_shut_than_said': ("SELECT pathway_case.reference FROM pathway_case WHERE NOT pathway_case.restricted AND (pathway_case.pathway IN ('allegations'::VARCHAR) OR (EXISTS (SELECT "
                               'restriction.id FROM restriction WHERE restriction.case_id = pathway_case.id AND restriction.lifted_at IS NULL))) OR NOT pathway_case.guarded AND '
                               "(pathway_case.restricted OR pathway_case.pathway IN ('allegations'::VARCHAR) OR (EXISTS (SELECT restriction.id FROM restriction WHERE restriction.case_id = "
                               'pathway_case.id AND restriction.lifted_at IS NULL)) OR (EXISTS (SELECT access.id FROM access WHERE access.case_id = pathway_case.id AND access.kind = '
                               "'excluded'::VARCHAR AND access.ended_at IS NULL))) ORDER BY pathway_case.reference",
                               (),
                               (('reference', 'plain'),)),
 'cases_nobody_leads': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.team, pathway_case.lead, pathway_case.opened_at FROM pathway_case WHERE '
                        "pathway_case.is_open AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR "
                        "pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                        "access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                        'access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind '
                        "= 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                        "(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN "
                        "(SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL "
                        'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN '
                        "(SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS "
                        'NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS '
                        "false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access "
                        "WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL "
                        'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                        "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT "
                        'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND '
                        "(pathway_case.lead IS NULL OR pathway_case.lead = ''::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.team = %s::VARCHAR) ORDER BY pathway_case.opened_at, "
                        'pathway_case.reference LIMIT %s::BIGINT',
                        (('circle', 'plain'),
                         ('circle', 'plain'),
                         ('circle', 'plain'),
                         ('called', 'plain'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('clears', 'plain'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('clears', 'plain'),
                         ('clears', 'plain'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('team', 'plain'),
                         ('team', 'plain'),
                         ('most', 'plain')),
                        (('reference', 'plain'), ('pathway', 'plain'), ('state', 'plain'), ('team', 'plain'), ('lead', 'plain'), ('opened_at', 'instant'))),
 'cases_of_another_person': ('SELECT pathway_case.reference FROM pathway_case JOIN episode ON episode.id = pathway_case.episode_id WHERE episode.person_id != pathway_case.person_id ORDER BY '
                             'pathway_case.reference',
                             (),
                             (('reference', 'plain'),)),
 'cases_of_meeting': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.person_id, pathway_case.state, pathway_case.version, meeting_case.joined_at, '
                      "meeting_case.left_at FROM pathway_case JOIN meeting_case ON meeting_case.case_id = pathway_case.id WHERE meeting_case.meeting_id = %s::BIGINT AND ('*'::VARCHAR = %s::VARCHAR "
                      "OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT "
                      "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL "
                      'AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                      "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                      "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                      "access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM "
                      "access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                      '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM '
                      "access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                      '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, '
                      "','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = "
                      "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                      '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access '
                      "WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL "
                      'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER BY pathway_case.reference',
                      (('meeting_id', 'plain'),
                       ('circle', 'plain'),
                       ('circle', 'plain'),
                       ('circle', 'plain'),
                       ('called', 'plain'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('clears', 'plain'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('clears', 'plain'),
                       ('clears', 'plain'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant')),
                      (('id', 'plain'),
                       ('reference', 'plain'),
                       ('pathway', 'plain'),
                       ('person_id', 'plain'),
                       ('state', 'plain'),
                       ('version', 'plain'),
                       ('joined_at', 'instant'),
                       ('left_at', 'instant'))),
 'cases_of_people': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                     'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                     'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                     'person.expected_delivery_date, person.died_on, person.kind AS person_kind, records.whose FROM pathway_case JOIN person ON person.id = pathway_case.person_id JOIN (SELECT '
                     'person.id AS whose, person.id AS record_id FROM person WHERE person.id IN (SELECT CAST(anon_1.value AS BIGINT) AS value FROM json_array_elements_text(CAST(%s::VARCHAR AS JSON)) '
                     'AS anon_1(value)) UNION ALL SELECT person_link.person_id AS person_id, person_link.other_id AS other_id FROM person_link WHERE person_link.person_id IN (SELECT '
                     'CAST(anon_1.value AS BIGINT) AS value FROM json_array_elements_text(CAST(%s::VARCHAR AS JSON)) AS anon_1(value)) AND person_link.ended_at IS NULL) AS records ON '
                     "records.record_id = pathway_case.person_id WHERE ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != "
                     '%s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = '
                     "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                     '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
                     "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                     "%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR "
                     "OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND "
                     'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                     "(pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT "
                     'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                     "(pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT "
                     "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND "
                     'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                     "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                     "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                     'access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER BY records.whose, pathway_case.id',
                     (('people', 'plain'),
                      ('people', 'plain'),
                      ('circle', 'plain'),
                      ('circle', 'plain'),
                      ('circle', 'plain'),
                      ('called', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('clears', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('clears', 'plain'),
                      ('clears', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant')),
                     (('id', 'plain'),
                      ('reference', 'plain'),
                      ('pathway', 'plain'),
                      ('definition', 'plain'),
                      ('person_id', 'plain'),
                      ('episode_id', 'plain'),
                      ('state', 'plain'),
                      ('is_open', 'flag'),
                      ('outcome', 'plain'),
                      ('facts', 'sealed_json'),
                      ('version', 'plain'),
                      ('seq', 'plain'),
                      ('head', 'bytes'),
                      ('team', 'plain'),
                      ('lead', 'plain'),
                      ('restricted', 'flag'),
                      ('guarded', 'flag'),
                      ('basis', 'plain'),
                      ('opened_at', 'instant'),
                      ('closed_at', 'instant'),
                      ('changed_at', 'instant'),
                      ('birth_date', 'day'),
                      ('expected_delivery_date', 'day'),
                      ('died_on', 'day'),
                      ('person_kind', 'plain'),
                      ('whose', 'plain'))),
 'cases_of_person': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                     'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                     'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                     'person.expected_delivery_date, person.died_on, person.kind AS person_kind FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE pathway_case.person_id = '
                     "%s::BIGINT AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = "
                     "%s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                     "'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at "
                     '> %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = '
                     "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                     "(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN "
                     "(SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL "
                     'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT '
                     "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                     'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR '
                     "replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                     "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                     'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                     "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL "
                     'AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER BY '
                     'pathway_case.id',
                     (('person_id', 'plain'),
                      ('circle', 'plain'),
                      ('circle', 'plain'),
                      ('circle', 'plain'),
                      ('called', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('clears', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('clears', 'plain'),
                      ('clears', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant')),
                     (('id', 'plain'),
                      ('reference', 'plain'),
                      ('pathway', 'plain'),
                      ('definition', 'plain'),
                      ('person_id', 'plain'),
                      ('episode_id', 'plain'),
                      ('state', 'plain'),
                      ('is_open', 'flag'),
                      ('outcome', 'plain'),
                      ('facts', 'sealed_json'),
                      ('version', 'plain'),
                      ('seq', 'plain'),
                      ('head', 'bytes'),
                      ('team', 'plain'),
                      ('lead', 'plain'),
                      ('restricted', 'flag'),
                      ('guarded', 'flag'),
                      ('basis', 'plain'),
                      ('opened_at', 'instant'),
                      ('closed_at', 'instant'),
                      ('changed_at', 'instant'),
                      ('birth_date', 'day'),
                      ('expected_delivery_date', 'day'),
                      ('died_on', 'day'),
                      ('person_kind', 'plain'))),
 'cases_of_siblings': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.person_id, pathway_case.opened_at FROM relationship JOIN pathway_case ON '
                       "pathway_case.person_id = relationship.other_id WHERE relationship.person_id = %s::BIGINT AND relationship.kind = 'sibling'::VARCHAR AND ('*'::VARCHAR = %s::VARCHAR OR "
                       "replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT "
                       "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL "
                       'AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                       "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                       "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                       "access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM "
                       "access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                       '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id '
                       "FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                       '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, '
                       "','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = "
                       "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                       '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM '
                       "access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at "
                       'IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER BY pathway_case.reference',
                       (('person_id', 'plain'),
                        ('circle', 'plain'),
                        ('circle', 'plain'),
                        ('circle', 'plain'),
                        ('called', 'plain'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('clears', 'plain'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('clears', 'plain'),
                        ('clears', 'plain'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant')),
                       (('id', 'plain'), ('reference', 'plain'), ('pathway', 'plain'), ('person_id', 'plain'), ('opened_at', 'instant'))),
 'cases_of_siblings_then': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, relationship.to_on, relationship.recorded_at, relationship.end_recorded_at FROM relationship JOIN '
                            'pathway_case ON pathway_case.person_id = relationship.other_id WHERE relationship.person_id IN (SELECT %s::BIGINT AS person_id UNION ALL SELECT person_link.person_id '
                            'FROM person_link WHERE person_link.other_id = %s::BIGINT AND person_link.from_at < %s::TIMESTAMP WITH TIME ZONE AND (person_link.ended_at IS NULL OR person_link.ended_at '
                            '>= %s::TIMESTAMP WITH TIME ZONE) UNION ALL SELECT person_link.other_id FROM person_link WHERE person_link.person_id = %s::BIGINT AND person_link.from_at < %s::TIMESTAMP '
                            'WITH TIME ZONE AND (person_link.ended_at IS NULL OR person_link.ended_at >= %s::TIMESTAMP WITH TIME ZONE) UNION ALL SELECT fellow.other_id FROM person_link AS fellow '
                            'JOIN person_link ON person_link.person_id = fellow.person_id WHERE person_link.other_id = %s::BIGINT AND person_link.from_at < %s::TIMESTAMP WITH TIME ZONE AND '
                            '(person_link.ended_at IS NULL OR person_link.ended_at >= %s::TIMESTAMP WITH TIME ZONE) AND fellow.from_at < %s::TIMESTAMP WITH TIME ZONE AND (fellow.ended_at IS NULL OR '
                            "fellow.ended_at >= %s::TIMESTAMP WITH TIME ZONE)) AND (relationship.kind = 'sibling'::VARCHAR OR relationship.kind = 'half_sibling'::VARCHAR) AND "
                            "relationship.recorded_at < %s::TIMESTAMP WITH TIME ZONE AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, "
                            "''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                            "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                            'TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                            "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL "
                            'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false '
                            "OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = "
                            "'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                            'access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND '
                            "access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS "
                            "NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || "
                            "','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = "
                            "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                            '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                            "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL "
                            'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER BY pathway_case.reference',
                            (('person_id', 'plain'),
                             ('person_id', 'plain'),
                             ('until', 'instant'),
                             ('until', 'instant'),
                             ('person_id', 'plain'),
                             ('until', 'instant'),
                             ('until', 'instant'),
                             ('person_id', 'plain'),
                             ('until', 'instant'),
                             ('until', 'instant'),
                             ('until', 'instant'),
                             ('until', 'instant'),
                             ('until', 'instant'),
                             ('circle', 'plain'),
                             ('circle', 'plain'),
                             ('circle', 'plain'),
                             ('called', 'plain'),
                             ('viewer', 'plain'),
                             ('viewed_at', 'instant'),
                             ('viewed_at', 'instant'),
                             ('viewer', 'plain'),
                             ('viewed_at', 'instant'),
                             ('viewed_at', 'instant'),
                             ('clears', 'plain'),
                             ('viewer', 'plain'),
                             ('viewed_at', 'instant'),
                             ('viewed_at', 'instant'),
                             ('viewer', 'plain'),
                             ('viewed_at', 'instant'),
                             ('viewed_at', 'instant'),
                             ('clears', 'plain'),
                             ('clears', 'plain'),
                             ('viewer', 'plain'),
                             ('viewed_at', 'instant'),
                             ('viewed_at', 'instant'),
                             ('viewer', 'plain'),
                             ('viewed_at', 'instant'),
                             ('viewed_at', 'instant')),
                            (('id', 'plain'), ('reference', 'plain'), ('pathway', 'plain'), ('to_on', 'day'), ('recorded_at', 'instant'), ('end_recorded_at', 'instant'))),
 'cases_of_supervision': ('SELECT supervision_case.case_id, supervision_case.seq, pathway_case.reference, pathway_case.pathway FROM supervision_case JOIN pathway_case ON pathway_case.id = '
                          "supervision_case.case_id JOIN supervision ON supervision.id = supervision_case.supervision_id WHERE supervision_case.supervision_id = %s::BIGINT AND ('*'::VARCHAR = "
                          "%s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN "
                          "(SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS "
                          'NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                          "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                          "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                          "access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM "
                          "access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                          '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id '
                          "FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                          '<= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR '
                          "replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                          "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                          'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                          "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT "
                          'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND '
                          "('*'::VARCHAR = %s::VARCHAR OR supervision.supervisor_id = %s::BIGINT OR supervision.practitioner_id = %s::BIGINT OR (EXISTS (SELECT practitioner_role.id FROM "
                          'practitioner_role JOIN practitioner AS head ON head.id = practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = %s::BIGINT AND '
                          "practitioner_role.from_on <= %s::DATE AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= %s::DATE) AND (supervision.kind = 'school'::VARCHAR AND "
                          "(practitioner_role.role = 'headteacher'::VARCHAR OR practitioner_role.role = 'principal'::VARCHAR) AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = "
                          "supervision.team AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) != ''::VARCHAR OR supervision.kind = 'social_care'::VARCHAR AND "
                          "(practitioner_role.role = 'senior_officer'::VARCHAR OR practitioner_role.role = 'service_manager'::VARCHAR) AND (coalesce(nullif(practitioner_role.team, ''::VARCHAR), "
                          "head.team) = supervision.team OR coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = ''::VARCHAR))))) ORDER BY pathway_case.reference",
                          (('supervision_id', 'plain'),
                           ('circle', 'plain'),
                           ('circle', 'plain'),
                           ('circle', 'plain'),
                           ('called', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('clears', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('clears', 'plain'),
                           ('clears', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('clears', 'plain'),
                           ('viewer', 'plain'),
                           ('viewer', 'plain'),
                           ('viewer', 'plain'),
                           ('today', 'day'),
                           ('today', 'day')),
                          (('case_id', 'plain'), ('seq', 'plain'), ('reference', 'plain'), ('pathway', 'plain'))),
 'cases_of_whole_person': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                           'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                           'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                           'person.expected_delivery_date, person.died_on, person.kind AS person_kind FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE pathway_case.person_id '
                           'IN (SELECT %s::BIGINT AS person_id UNION ALL SELECT person_link.person_id FROM person_link WHERE person_link.other_id = %s::BIGINT AND person_link.ended_at IS NULL UNION '
                           'ALL SELECT person_link.other_id FROM person_link WHERE person_link.person_id = %s::BIGINT AND person_link.ended_at IS NULL UNION ALL SELECT fellow.other_id FROM '
                           'person_link AS fellow JOIN person_link ON person_link.person_id = fellow.person_id WHERE person_link.other_id = %s::BIGINT AND person_link.ended_at IS NULL AND '
                           "fellow.ended_at IS NULL) AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR "
                           "pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR "
                           "OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS "
                           'NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND '
                           "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                           "TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR "
                           "(pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL "
                           'AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                           "(pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id "
                           'IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME '
                           "ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id "
                           "IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                           'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP '
                           "WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                           "access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS "
                           'NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER BY pathway_case.id',
                           (('person_id', 'plain'),
                            ('person_id', 'plain'),
                            ('person_id', 'plain'),
                            ('person_id', 'plain'),
                            ('circle', 'plain'),
                            ('circle', 'plain'),
                            ('circle', 'plain'),
                            ('called', 'plain'),
                            ('viewer', 'plain'),
                            ('viewed_at', 'instant'),
                            ('viewed_at', 'instant'),
                            ('viewer', 'plain'),
                            ('viewed_at', 'instant'),
                            ('viewed_at', 'instant'),
                            ('clears', 'plain'),
                            ('viewer', 'plain'),
                            ('viewed_at', 'instant'),
                            ('viewed_at', 'instant'),
                            ('viewer', 'plain'),
                            ('viewed_at', 'instant'),
                            ('viewed_at', 'instant'),
                            ('clears', 'plain'),
                            ('clears', 'plain'),
                            ('viewer', 'plain'),
                            ('viewed_at', 'instant'),
                            ('viewed_at', 'instant'),
                            ('viewer', 'plain'),
                            ('viewed_at', 'instant'),
                            ('viewed_at', 'instant')),
                           (('id', 'plain'),
                            ('reference', 'plain'),
                            ('pathway', 'plain'),
                            ('definition', 'plain'),
                            ('person_id', 'plain'),
                            ('episode_id', 'plain'),
                            ('state', 'plain'),
                            ('is_open', 'flag'),
                            ('outcome', 'plain'),
                            ('facts', 'sealed_json'),
                            ('version', 'plain'),
                            ('seq', 'plain'),
                            ('head', 'bytes'),
                            ('team', 'plain'),
                            ('lead', 'plain'),
                            ('restricted', 'flag'),
                            ('guarded', 'flag'),
                            ('basis', 'plain'),
                            ('opened_at', 'instant'),
                            ('closed_at', 'instant'),
                            ('changed_at', 'instant'),
                            ('birth_date', 'day'),
                            ('expected_delivery_date', 'day'),
                            ('died_on', 'day'),
                            ('person_kind', 'plain'))),
 'cases_off_their_trail': ('SELECT pathway_case.reference FROM pathway_case LEFT OUTER JOIN trail ON trail.case_ref = pathway_case.reference AND trail.seq = pathway_case.seq WHERE trail.hash IS NULL '
                           'OR trail.hash != pathway_case.head OR trail.to_state != pathway_case.state ORDER BY pathway_case.reference LIMIT 20::INTEGER',
                           (),
                           (('reference', 'plain'),)),
 'cases_on_another_pathway': ("SELECT pathway_case.reference FROM pathway_case WHERE substr(pathway_case.reference, 1::INTEGER, length(CASE WHEN (pathway_case.pathway = 'front_door'::VARCHAR) THEN "
                              "'RF-'::VARCHAR WHEN (pathway_case.pathway = 'child_in_need'::VARCHAR) THEN 'CIN-'::VARCHAR WHEN (pathway_case.pathway = 'child_protection'::VARCHAR) THEN "
                              "'CP-'::VARCHAR WHEN (pathway_case.pathway = 'immediate_protection'::VARCHAR) THEN 'IP-'::VARCHAR WHEN (pathway_case.pathway = 'early_help'::VARCHAR) THEN "
                              "'EH-'::VARCHAR WHEN (pathway_case.pathway = 'allegations'::VARCHAR) THEN 'LADO-'::VARCHAR WHEN (pathway_case.pathway = 'missing_education'::VARCHAR) THEN "
                              "'CME-'::VARCHAR WHEN (pathway_case.pathway = 'escalation'::VARCHAR) THEN 'ESC-'::VARCHAR WHEN (pathway_case.pathway = 'encompass'::VARCHAR) THEN 'OE-'::VARCHAR WHEN "
                              "(pathway_case.pathway = 'file_transfer'::VARCHAR) THEN 'FT-'::VARCHAR WHEN (pathway_case.pathway = 'genital_mutilation'::VARCHAR) THEN 'FGM-'::VARCHAR WHEN "
                              "(pathway_case.pathway = 'serious_incident'::VARCHAR) THEN 'SI-'::VARCHAR WHEN (pathway_case.pathway = 'missing_child'::VARCHAR) THEN 'MIS-'::VARCHAR WHEN "
                              "(pathway_case.pathway = 'modern_slavery'::VARCHAR) THEN 'MS-'::VARCHAR WHEN (pathway_case.pathway = 'prevent'::VARCHAR) THEN 'PRV-'::VARCHAR WHEN (pathway_case.pathway "
                              "= 'licensing_notice'::VARCHAR) THEN 'LIC-'::VARCHAR WHEN (pathway_case.pathway = 'neglect_screen'::VARCHAR) THEN 'NS-'::VARCHAR ELSE '?'::VARCHAR END)) != CASE WHEN "
                              "(pathway_case.pathway = 'front_door'::VARCHAR) THEN 'RF-'::VARCHAR WHEN (pathway_case.pathway = 'child_in_need'::VARCHAR) THEN 'CIN-'::VARCHAR WHEN "
                              "(pathway_case.pathway = 'child_protection'::VARCHAR) THEN 'CP-'::VARCHAR WHEN (pathway_case.pathway = 'immediate_protection'::VARCHAR) THEN 'IP-'::VARCHAR WHEN "
                              "(pathway_case.pathway = 'early_help'::VARCHAR) THEN 'EH-'::VARCHAR WHEN (pathway_case.pathway = 'allegations'::VARCHAR) THEN 'LADO-'::VARCHAR WHEN "
                              "(pathway_case.pathway = 'missing_education'::VARCHAR) THEN 'CME-'::VARCHAR WHEN (pathway_case.pathway = 'escalation'::VARCHAR) THEN 'ESC-'::VARCHAR WHEN "
                              "(pathway_case.pathway = 'encompass'::VARCHAR) THEN 'OE-'::VARCHAR WHEN (pathway_case.pathway = 'file_transfer'::VARCHAR) THEN 'FT-'::VARCHAR WHEN (pathway_case.pathway "
                              "= 'genital_mutilation'::VARCHAR) THEN 'FGM-'::VARCHAR WHEN (pathway_case.pathway = 'serious_incident'::VARCHAR) THEN 'SI-'::VARCHAR WHEN (pathway_case.pathway = "
                              "'missing_child'::VARCHAR) THEN 'MIS-'::VARCHAR WHEN (pathway_case.pathway = 'modern_slavery'::VARCHAR) THEN 'MS-'::VARCHAR WHEN (pathway_case.pathway = "
                              "'prevent'::VARCHAR) THEN 'PRV-'::VARCHAR WHEN (pathway_case.pathway = 'licensing_notice'::VARCHAR) THEN 'LIC-'::VARCHAR WHEN (pathway_case.pathway = "
                              "'neglect_screen'::VARCHAR) THEN 'NS-'::VARCHAR ELSE '?'::VARCHAR END ORDER BY pathway_case.reference",
                              (),
                              (('reference', 'plain'),)),
 'cases_on_board': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.team, pathway_case.lead, pathway_case.facts FROM pathway_case WHERE pathway_case.is_open '
                    "AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
                    "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                    'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH '
                    "TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                    "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at "
                    "> %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                    "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                    'TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                    "TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || "
                    "pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                    "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                    'ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                    'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND pathway_case.pathway = %s::VARCHAR AND '
                    "pathway_case.restricted IS false AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.team = %s::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
                    'pathway_case.lead = %s::VARCHAR) ORDER BY pathway_case.state, pathway_case.reference LIMIT %s::BIGINT',
                    (('circle', 'plain'),
                     ('circle', 'plain'),
                     ('circle', 'plain'),
                     ('called', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('pathway', 'plain'),
                     ('team', 'plain'),
                     ('team', 'plain'),
                     ('lead', 'plain'),
                     ('lead', 'plain'),
                     ('title', 'plain'),
                     ('most', 'plain')),
                    (('reference', 'plain'), ('pathway', 'plain'), ('state', 'plain'), ('team', 'plain'), ('lead', 'plain'), ('facts', 'sealed_json'))),
 'cases_stirred_since': ('SELECT pathway_case.reference FROM pathway_case WHERE pathway_case.person_id IN (SELECT own.person_id FROM (SELECT %s::BIGINT AS person_id UNION ALL SELECT '
                         'person_link.person_id AS person_id FROM person_link WHERE person_link.other_id = %s::BIGINT AND person_link.ended_at IS NULL UNION ALL SELECT person_link.other_id AS '
                         'other_id FROM person_link WHERE person_link.person_id = %s::BIGINT AND person_link.ended_at IS NULL UNION ALL SELECT fellow.other_id AS other_id FROM person_link AS fellow '
                         'JOIN person_link ON person_link.person_id = fellow.person_id WHERE person_link.other_id = %s::BIGINT AND person_link.ended_at IS NULL AND fellow.ended_at IS NULL) AS own '
                         "UNION ALL SELECT relationship.other_id FROM relationship WHERE relationship.person_id = %s::BIGINT AND relationship.kind = 'sibling'::VARCHAR) AND (EXISTS (SELECT trail.seq "
                         'FROM trail WHERE trail.case_ref = pathway_case.reference AND trail.at >= %s::TIMESTAMP WITH TIME ZONE)) AND (pathway_case.person_id IN (SELECT %s::BIGINT AS person_id UNION '
                         'ALL SELECT person_link.person_id FROM person_link WHERE person_link.other_id = %s::BIGINT AND person_link.ended_at IS NULL UNION ALL SELECT person_link.other_id FROM '
                         'person_link WHERE person_link.person_id = %s::BIGINT AND person_link.ended_at IS NULL UNION ALL SELECT fellow.other_id FROM person_link AS fellow JOIN person_link ON '
                         'person_link.person_id = fellow.person_id WHERE person_link.other_id = %s::BIGINT AND person_link.ended_at IS NULL AND fellow.ended_at IS NULL) OR (EXISTS (SELECT trail.seq '
                         "FROM trail WHERE trail.case_ref = pathway_case.reference AND trail.seq = 1::INTEGER AND trail.action = 'opened_as_twin'::VARCHAR))) AND ('*'::VARCHAR = %s::VARCHAR OR "
                         "replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT "
                         "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL "
                         'AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                         "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                         "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                         "access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM "
                         "access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                         '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id '
                         "FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                         '<= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR '
                         "replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                         "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                         'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                         "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT "
                         'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER '
                         'BY pathway_case.id',
                         (('person_id', 'plain'),
                          ('person_id', 'plain'),
                          ('person_id', 'plain'),
                          ('person_id', 'plain'),
                          ('person_id', 'plain'),
                          ('since', 'instant'),
                          ('person_id', 'plain'),
                          ('person_id', 'plain'),
                          ('person_id', 'plain'),
                          ('person_id', 'plain'),
                          ('circle', 'plain'),
                          ('circle', 'plain'),
                          ('circle', 'plain'),
                          ('called', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('clears', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('clears', 'plain'),
                          ('clears', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant')),
                         (('reference', 'plain'),)),
 'cases_to_supervise': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.is_open, pathway_case.opened_at, coalesce(person_link.person_id, pathway_case.person_id) AS child, EXISTS '
                        '(SELECT file_mark.id FROM file_mark WHERE (file_mark.case_id = pathway_case.id OR file_mark.person_id = pathway_case.person_id) AND file_mark.kind = %s::VARCHAR AND '
                        'file_mark.ended_at IS NULL) AS marked FROM pathway_case LEFT OUTER JOIN person_link ON person_link.other_id = pathway_case.person_id AND person_link.ended_at IS NULL WHERE '
                        "replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR "
                        "|| pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                        "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                        'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                        "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT "
                        'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                        "(pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                        "access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL "
                        'OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND '
                        "access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS "
                        "NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, "
                        "''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                        "access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                        'access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind '
                        "= 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                        "(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND (pathway_case.lead = %s::VARCHAR OR %s::VARCHAR != ''::VARCHAR AND pathway_case.team = "
                        '%s::VARCHAR) ORDER BY pathway_case.reference',
                        (('mark', 'plain'),
                         ('pathways', 'plain'),
                         ('pathways', 'plain'),
                         ('circle', 'plain'),
                         ('circle', 'plain'),
                         ('circle', 'plain'),
                         ('called', 'plain'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('clears', 'plain'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('clears', 'plain'),
                         ('clears', 'plain'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('login', 'plain'),
                         ('team', 'plain'),
                         ('team', 'plain')),
                        (('reference', 'plain'), ('pathway', 'plain'), ('is_open', 'flag'), ('opened_at', 'instant'), ('child', 'plain'), ('marked', 'flag'))),
 'cases_without_a_person': ('SELECT pathway_case.reference FROM pathway_case LEFT OUTER JOIN person ON person.id = pathway_case.person_id WHERE person.id IS NULL ORDER BY pathway_case.reference',
                            (),
                            (('reference', 'plain'),)),
 'cases_without_an_episode': ('SELECT pathway_case.reference FROM pathway_case LEFT OUTER JOIN episode ON episode.id = pathway_case.episode_id WHERE episode.id IS NULL ORDER BY '
                              'pathway_case.reference',
                              (),
                              (('reference', 'plain'),)),
 'cases_without_lead': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.team FROM pathway_case WHERE pathway_case.is_open AND pathway_case.guarded IS false AND (pathway_case.lead '
                        "IS NULL OR pathway_case.lead = ''::VARCHAR) AND pathway_case.opened_at < %s::TIMESTAMP WITH TIME ZONE ORDER BY pathway_case.opened_at, pathway_case.id LIMIT %s::BIGINT",
                        (('before', 'instant'), ('most', 'plain')),
                        (('reference', 'plain'), ('pathway', 'plain'), ('team', 'plain'))),
 'cases_without_page_keys': ('SELECT pathway_case.id, pathway_case.reference FROM pathway_case WHERE pathway_case.id > %s::BIGINT AND ((EXISTS (SELECT case_key.case_ref FROM case_key WHERE '
                             'case_key.case_ref = pathway_case.reference AND length(case_key.sealed) = 60::INTEGER)) OR (EXISTS (SELECT case_key.case_ref FROM case_key WHERE case_key.case_ref = '
                             "pathway_case.reference)) AND (EXISTS (SELECT record.page FROM record WHERE record.case_id = pathway_case.id AND substr(record.body, 1::INTEGER, length('~1.'::VARCHAR || "
                             "pathway_case.reference || '.'::VARCHAR)) = ('~1.'::VARCHAR || pathway_case.reference || '.'::VARCHAR)))) ORDER BY pathway_case.id LIMIT %s::BIGINT FOR UPDATE",
                             (('after', 'plain'), ('most', 'plain')),
                             (('id', 'plain'), ('reference', 'plain'))),
 'chain_ends': ('SELECT trail.case_ref, trail.seq, trail.hash FROM trail JOIN (SELECT trail.case_ref AS case_ref, max(trail.seq) AS seq FROM trail GROUP BY trail.case_ref) AS last ON trail.case_ref '
                '= last.case_ref AND trail.seq = last.seq ORDER BY trail.case_ref',
                (),
                (('case_ref', 'plain'), ('seq', 'plain'), ('hash', 'bytes'))),
 'change_case': ('UPDATE pathway_case SET state=%s::VARCHAR, is_open=%s, outcome=%s::VARCHAR, facts=%s::VARCHAR, version=(pathway_case.version + %s::BIGINT), seq=%s::INTEGER, head=%s, '
                 'team=%s::VARCHAR, lead=%s::VARCHAR, closed_at=%s::TIMESTAMP WITH TIME ZONE, changed_at=%s::TIMESTAMP WITH TIME ZONE WHERE pathway_case.id = %s::BIGINT AND pathway_case.version = '
                 '%s::BIGINT',
                 (('state', 'plain'),
                  ('is_open', 'flag'),
                  ('outcome', 'plain'),
                  ('facts', 'sealed_json'),
                  ('step', 'plain'),
                  ('seq', 'plain'),
                  ('head', 'bytes'),
                  ('team', 'plain'),
                  ('lead', 'plain'),
                  ('closed_at', 'instant'),
                  ('changed_at', 'instant'),
                  ('case_id', 'plain'),
                  ('seen', 'plain')),
                 ()),
 'change_meeting': ('UPDATE meeting SET booked_on=%s::DATE, starts_at=%s::TIMESTAMP WITH TIME ZONE, place=%s::VARCHAR, chair=%s::VARCHAR, status=%s::VARCHAR, begins_at=%s::TIMESTAMP WITH TIME ZONE '
                    'WHERE meeting.id = %s::BIGINT',
                    (('booked_on', 'day'), ('starts_at', 'instant'), ('place', 'plain'), ('chair', 'plain'), ('status', 'plain'), ('begins_at', 'instant'), ('meeting_id', 'plain')),
                    ()),
 'characteristics_of_person': ('SELECT person_characteristic.id, person_characteristic.person_id, person_characteristic.kind, person_characteristic.code, person_characteristic.from_on, '
                               'person_characteristic.to_on, person_characteristic.recorded_at FROM person_characteristic WHERE person_characteristic.person_id = %s::BIGINT ORDER BY '
                               'person_characteristic.id',
                               (('person_id', 'plain'),),
                               (('id', 'plain'), ('person_id', 'plain'), ('kind', 'plain'), ('code', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant'))),
 'check_runs': ('SELECT check_run.id, check_run.as_of, check_run.started_at, check_run.finished_at, check_run.rulebook, check_run.calendar, check_run.cases, check_run.missed, check_run.moved, '
                'check_run.reminded, check_run.parked FROM check_run ORDER BY check_run.id DESC LIMIT %s::BIGINT',
                (('most', 'plain'),),
                (('id', 'plain'),
                 ('as_of', 'instant'),
                 ('started_at', 'instant'),
                 ('finished_at', 'instant'),
                 ('rulebook', 'plain'),
                 ('calendar', 'plain'),
                 ('cases', 'plain'),
                 ('missed', 'plain'),
                 ('moved', 'plain'),
                 ('reminded', 'plain'),
                 ('parked', 'plain'))),
 'claim_notice': ('UPDATE notice SET send_after=%s::TIMESTAMP WITH TIME ZONE, attempts=(notice.attempts + 1::INTEGER) WHERE notice.id = %s::BIGINT AND notice.attempts = %s::BIGINT AND notice.sent_at '
                  'IS NULL AND notice.given_up_at IS NULL',
                  (('send_after', 'instant'), ('notice_id', 'plain'), ('attempts', 'plain')),
                  ()),
 'clear_bank_holidays': ('DELETE FROM bank_holiday', (), ()),
 'clear_daily_count': ('DELETE FROM daily_count WHERE daily_count.day = %s::DATE', (('day', 'day'),), ()),
 'clocks_half_stopped': ('SELECT pathway_case.reference, deadline.opened_seq AS seq, deadline.rule FROM deadline JOIN pathway_case ON pathway_case.id = deadline.case_id WHERE (deadline.closed_at IS '
                         "NOT NULL) != (deadline.closed_seq IS NOT NULL) OR deadline.closed_at IS NOT NULL AND deadline.status = 'open'::VARCHAR OR deadline.closed_at IS NULL AND deadline.status IN "
                         "('met'::VARCHAR, 'ended'::VARCHAR) ORDER BY pathway_case.reference, deadline.opened_seq",
                         (),
                         (('reference', 'plain'), ('seq', 'plain'), ('rule', 'plain'))),
 'clocks_running_out': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.team, deadline.rule, deadline.key, deadline.due_on, deadline.due_at FROM deadline JOIN pathway_case ON '
                        "pathway_case.id = deadline.case_id WHERE deadline.rule = %s::VARCHAR AND deadline.status = 'open'::VARCHAR AND deadline.closed_at IS NULL AND deadline.due_at > %s::TIMESTAMP "
                        'WITH TIME ZONE AND deadline.due_at <= %s::TIMESTAMP WITH TIME ZONE AND pathway_case.is_open AND pathway_case.guarded IS false ORDER BY deadline.due_at, deadline.id',
                        (('rule', 'plain'), ('now', 'instant'), ('until', 'instant')),
                        (('reference', 'plain'), ('pathway', 'plain'), ('team', 'plain'), ('rule', 'plain'), ('key', 'plain'), ('due_on', 'day'), ('due_at', 'instant'))),
 'clocks_to_change': ('SELECT deadline.id, deadline.rule, deadline.start_event, deadline.started, deadline.due_on, deadline.due_at FROM deadline WHERE deadline.case_id = (SELECT pathway_case.id FROM '
                      'pathway_case WHERE pathway_case.reference = %s::VARCHAR) AND deadline.closed_at IS NULL ORDER BY deadline.due_at, deadline.id',
                      (('reference', 'plain'),),
                      (('id', 'plain'), ('rule', 'plain'), ('start_event', 'plain'), ('started', 'plain'), ('due_on', 'day'), ('due_at', 'instant'))),
 'close_deadline': ('UPDATE deadline SET status=%s::VARCHAR, look_at=NULL, closed_at=%s::TIMESTAMP WITH TIME ZONE, closed_seq=%s::BIGINT WHERE deadline.id = %s::BIGINT AND deadline.closed_at IS NULL',
                    (('status', 'plain'), ('closed_at', 'instant'), ('closed_seq', 'plain'), ('deadline_id', 'plain')),
                    ()),
 'close_episode': ('UPDATE episode SET closed_on=%s::DATE WHERE episode.id = %s::BIGINT AND episode.closed_on IS NULL AND NOT (EXISTS (SELECT * FROM pathway_case WHERE pathway_case.episode_id = '
                   'episode.id AND pathway_case.is_open))',
                   (('closed_on', 'day'), ('episode_id', 'plain')),
                   ()),
 'concerns_since': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.is_open, pathway_case.outcome, pathway_case.team, pathway_case.opened_at, '
                    "pathway_case.facts, EXISTS (SELECT deadline.id FROM deadline WHERE deadline.case_id = pathway_case.id AND deadline.rule = %s::VARCHAR AND deadline.status = 'missed'::VARCHAR AND "
                    "deadline.closed_at IS NULL) AS unreported FROM pathway_case WHERE replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR AND "
                    "('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
                    "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                    'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH '
                    "TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                    "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at "
                    "> %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                    "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                    'TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                    "TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || "
                    "pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                    "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                    'ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                    'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND pathway_case.opened_at >= %s::TIMESTAMP '
                    "WITH TIME ZONE AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.team = %s::VARCHAR) ORDER BY pathway_case.opened_at DESC, pathway_case.reference",
                    (('rule', 'plain'),
                     ('pathways', 'plain'),
                     ('pathways', 'plain'),
                     ('circle', 'plain'),
                     ('circle', 'plain'),
                     ('circle', 'plain'),
                     ('called', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('since', 'instant'),
                     ('team', 'plain'),
                     ('team', 'plain')),
                    (('reference', 'plain'),
                     ('pathway', 'plain'),
                     ('state', 'plain'),
                     ('is_open', 'flag'),
                     ('outcome', 'plain'),
                     ('team', 'plain'),
                     ('opened_at', 'instant'),
                     ('facts', 'sealed_json'),
                     ('unreported', 'flag'))),
 'conferences_between': ('SELECT meeting.id, meeting.kind, meeting.booked_on, meeting.begins_at, meeting.place, meeting.chair, pathway_case.reference FROM meeting JOIN meeting_case ON '
                         'meeting_case.meeting_id = meeting.id JOIN pathway_case ON pathway_case.id = meeting_case.case_id WHERE meeting.booked_on >= %s::DATE AND meeting.booked_on <= %s::DATE AND '
                         "('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
                         "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                         'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP '
                         "WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                         "access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL "
                         "OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM "
                         "access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                         '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id '
                         "FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                         '<= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR '
                         "replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                         "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                         'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                         "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT "
                         'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND '
                         "meeting.status = 'booked'::VARCHAR AND meeting_case.left_at IS NULL AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.team = %s::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR "
                         'pathway_case.lead = %s::VARCHAR) ORDER BY meeting.booked_on, meeting.begins_at, meeting.id, pathway_case.reference',
                         (('since', 'day'),
                          ('until', 'day'),
                          ('circle', 'plain'),
                          ('circle', 'plain'),
                          ('circle', 'plain'),
                          ('called', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('clears', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('clears', 'plain'),
                          ('clears', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('team', 'plain'),
                          ('team', 'plain'),
                          ('lead', 'plain'),
                          ('lead', 'plain')),
                         (('id', 'plain'), ('kind', 'plain'), ('booked_on', 'day'), ('begins_at', 'instant'), ('place', 'plain'), ('chair', 'plain'), ('reference', 'plain'))),
 'conferences_waiting_for_reports': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.team, pathway_case.facts, pathway_case.guarded, deadline.rule, deadline.key, '
                                     'deadline.started FROM deadline JOIN pathway_case ON pathway_case.id = deadline.case_id WHERE deadline.closed_at IS NULL AND deadline.due_at <= %s::TIMESTAMP '
                                     "WITH TIME ZONE AND (deadline.rule = 'cp.report_icpc'::VARCHAR OR deadline.rule = 'cp.report_rcpc'::VARCHAR) ORDER BY deadline.due_at, deadline.id",
                                     (('until', 'instant'),),
                                     (('id', 'plain'),
                                      ('reference', 'plain'),
                                      ('pathway', 'plain'),
                                      ('team', 'plain'),
                                      ('facts', 'sealed_json'),
                                      ('guarded', 'flag'),
                                      ('rule', 'plain'),
                                      ('key', 'plain'),
                                      ('started', 'plain'))),
 'conferences_without_day': ("SELECT pathway_case.reference, pathway_case.person_id FROM pathway_case WHERE pathway_case.pathway = 'child_protection'::VARCHAR AND pathway_case.is_open AND "
                             'pathway_case.guarded IS false AND (EXISTS (SELECT deadline.id FROM deadline WHERE deadline.case_id = pathway_case.id AND deadline.closed_at IS NULL AND deadline.due_on '
                             "<= %s::DATE AND replace(%s::VARCHAR, ','::VARCHAR || deadline.rule || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR)) AND NOT (EXISTS (SELECT meeting.id FROM meeting JOIN "
                             'meeting_case ON meeting_case.meeting_id = meeting.id WHERE meeting_case.case_id = pathway_case.id AND meeting_case.left_at IS NULL AND meeting.status = '
                             "'booked'::VARCHAR)) ORDER BY pathway_case.reference",
                             (('until', 'day'), ('rules', 'plain'), ('rules', 'plain')),
                             (('reference', 'plain'), ('person_id', 'plain'))),
 'correct_episode': ('UPDATE episode SET closed_on=%s::DATE, closure_reason=%s::VARCHAR, referral_source=%s::VARCHAR, primary_need=%s::VARCHAR, details=%s::VARCHAR WHERE episode.id = %s::BIGINT',
                     (('closed_on', 'day'), ('closure_reason', 'plain'), ('referral_source', 'plain'), ('primary_need', 'plain'), ('details', 'json'), ('episode_id', 'plain')),
                     ()),
 'correct_person': ('UPDATE person SET kind=%s::VARCHAR, birth_date=%s::DATE, expected_delivery_date=%s::DATE, died_on=%s::DATE, sex=%s::VARCHAR, ethnicity=%s::VARCHAR, version=(person.version + '
                    '1::INTEGER), was=(person.was || %s::VARCHAR) WHERE person.id = %s::BIGINT',
                    (('kind', 'plain'),
                     ('birth_date', 'day'),
                     ('expected_delivery_date', 'day'),
                     ('died_on', 'day'),
                     ('sex', 'plain'),
                     ('ethnicity', 'plain'),
                     ('before', 'plain'),
                     ('person_id', 'plain')),
                    ()),
 'count_all_work': ("SELECT count(*) AS work, count(*) FILTER (WHERE deadline.due_at < %s::TIMESTAMP WITH TIME ZONE AND (deadline.rule NOT IN ('cme.ground_20', 'cme.ground_leave', 'cme.sao_notice', "
                    "'cme.school_age', 'cp.age_18', 'lado.refer_local', 'lado.target_1m'))) AS late, count(*) FILTER (WHERE NOT (deadline.due_at < %s::TIMESTAMP WITH TIME ZONE AND (deadline.rule NOT "
                    "IN ('cme.ground_20', 'cme.ground_leave', 'cme.sao_notice', 'cme.school_age', 'cp.age_18', 'lado.refer_local', 'lado.target_1m'))) AND deadline.due_at <= %s::TIMESTAMP WITH TIME "
                    "ZONE) AS today, min(deadline.due_at) FILTER (WHERE deadline.due_at < %s::TIMESTAMP WITH TIME ZONE AND (deadline.rule NOT IN ('cme.ground_20', 'cme.ground_leave', "
                    "'cme.sao_notice', 'cme.school_age', 'cp.age_18', 'lado.refer_local', 'lado.target_1m'))) AS oldest FROM deadline WHERE deadline.closed_at IS NULL AND (deadline.status = "
                    "'open'::VARCHAR OR deadline.status = 'missed'::VARCHAR) AND deadline.due_at <= %s::TIMESTAMP WITH TIME ZONE AND '*'::VARCHAR = %s::VARCHAR AND (deadline.case_id NOT IN (SELECT "
                    "pathway_case.id FROM pathway_case WHERE pathway_case.guarded AND (('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, "
                    "''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                    "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                    'ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                    'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '
                    "'*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND "
                    'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH '
                    "TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND "
                    'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH '
                    "TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id "
                    "IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS "
                    'NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                    "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) "
                    'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP '
                    'WITH TIME ZONE))))) IS NOT true))',
                    (('now', 'instant'),
                     ('now', 'instant'),
                     ('tonight', 'instant'),
                     ('now', 'instant'),
                     ('until', 'instant'),
                     ('circle', 'plain'),
                     ('circle', 'plain'),
                     ('circle', 'plain'),
                     ('circle', 'plain'),
                     ('called', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant')),
                    (('work', 'plain'), ('late', 'plain'), ('today', 'plain'), ('oldest', 'instant'))),
 'count_cases_on_board': ("SELECT pathway_case.pathway, count(*) AS cases FROM pathway_case WHERE pathway_case.is_open AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || "
                          "pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                          "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                          'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                          "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT "
                          'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                          "(pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                          "access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS "
                          'NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT '
                          "AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at "
                          "IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || "
                          "','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = "
                          "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                          '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id '
                          "= %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                          '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND pathway_case.restricted IS false AND (%s::VARCHAR = '
                          "''::VARCHAR OR pathway_case.team = %s::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.lead = %s::VARCHAR) GROUP BY "
                          'pathway_case.pathway',
                          (('circle', 'plain'),
                           ('circle', 'plain'),
                           ('circle', 'plain'),
                           ('called', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('clears', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('clears', 'plain'),
                           ('clears', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('team', 'plain'),
                           ('team', 'plain'),
                           ('lead', 'plain'),
                           ('lead', 'plain'),
                           ('title', 'plain')),
                          (('pathway', 'plain'), ('cases', 'plain'))),
 'count_due': ('SELECT count(*) AS due, min(deadline.case_id) AS first, max(deadline.case_id) AS last FROM deadline WHERE deadline.look_at < %s::TIMESTAMP WITH TIME ZONE',
               (('as_of', 'instant'),),
               (('due', 'plain'), ('first', 'plain'), ('last', 'plain'))),
 'count_due_seen': ("SELECT count(*) AS due FROM deadline JOIN pathway_case ON pathway_case.id = deadline.case_id WHERE deadline.look_at < %s::TIMESTAMP WITH TIME ZONE AND ('*'::VARCHAR = "
                    "%s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN "
                    "(SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT "
                    'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                    "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) "
                    'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP '
                    "WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = "
                    "%s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                    '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                    "TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || "
                    "pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                    "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                    'ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                    'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))))',
                    (('as_of', 'instant'),
                     ('circle', 'plain'),
                     ('circle', 'plain'),
                     ('circle', 'plain'),
                     ('called', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant')),
                    (('due', 'plain'),)),
 'count_notices': ("SELECT notice.given_up_at IS NOT NULL AS given_up, count(*) AS notices FROM notice WHERE notice.sent_at IS NULL AND ('*'::VARCHAR = %s::VARCHAR OR notice.practitioner_id IS NULL "
                   'OR notice.practitioner_id = %s::BIGINT) GROUP BY notice.given_up_at IS NOT NULL',
                   (('clears', 'plain'), ('viewer', 'plain')),
                   (('given_up', 'flag'), ('notices', 'plain'))),
 'count_open_cases': ("SELECT pathway_case.pathway, pathway_case.state, count(*) AS cases FROM pathway_case WHERE pathway_case.is_open AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, "
                      "'|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access "
                      "WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL "
                      'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                      "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT "
                      'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                      "(pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                      "access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                      'access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND '
                      "access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL "
                      "OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, "
                      "''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                      "access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                      'access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = '
                      "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                      '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) GROUP BY pathway_case.pathway, pathway_case.state ORDER BY pathway_case.pathway, '
                      'pathway_case.state',
                      (('circle', 'plain'),
                       ('circle', 'plain'),
                       ('circle', 'plain'),
                       ('called', 'plain'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('clears', 'plain'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('clears', 'plain'),
                       ('clears', 'plain'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant')),
                      (('pathway', 'plain'), ('state', 'plain'), ('cases', 'plain'))),
 'count_open_facts': ("SELECT count(*) AS cases FROM pathway_case WHERE pathway_case.facts != '{}'::VARCHAR AND substr(pathway_case.facts, 1::INTEGER, 3::INTEGER) != '~1.'::VARCHAR AND NOT (EXISTS "
                      '(SELECT tombstone.case_ref FROM tombstone WHERE tombstone.case_ref = pathway_case.reference)) AND ((EXISTS (SELECT case_key.case_ref FROM case_key WHERE case_key.case_ref = '
                      'pathway_case.reference)) OR NOT (EXISTS (SELECT trail_payload.case_ref FROM trail_payload WHERE trail_payload.case_ref = pathway_case.reference)))',
                      (),
                      (('cases', 'plain'),)),
 'count_restricted_on_board': ("SELECT pathway_case.pathway, count(*) AS cases FROM pathway_case WHERE pathway_case.is_open AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || "
                               "pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                               "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS "
                               'NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN '
                               "(SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                               'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > '
                               "%s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                               "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                               '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT '
                               "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS "
                               'NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted '
                               "IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM "
                               "access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND "
                               'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                               "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                               "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                               "access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND pathway_case.restricted IS true AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.team = %s::VARCHAR) AND "
                               "(%s::VARCHAR = ''::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.lead = %s::VARCHAR) GROUP BY pathway_case.pathway",
                               (('circle', 'plain'),
                                ('circle', 'plain'),
                                ('circle', 'plain'),
                                ('called', 'plain'),
                                ('viewer', 'plain'),
                                ('viewed_at', 'instant'),
                                ('viewed_at', 'instant'),
                                ('viewer', 'plain'),
                                ('viewed_at', 'instant'),
                                ('viewed_at', 'instant'),
                                ('clears', 'plain'),
                                ('viewer', 'plain'),
                                ('viewed_at', 'instant'),
                                ('viewed_at', 'instant'),
                                ('viewer', 'plain'),
                                ('viewed_at', 'instant'),
                                ('viewed_at', 'instant'),
                                ('clears', 'plain'),
                                ('clears', 'plain'),
                                ('viewer', 'plain'),
                                ('viewed_at', 'instant'),
                                ('viewed_at', 'instant'),
                                ('viewer', 'plain'),
                                ('viewed_at', 'instant'),
                                ('viewed_at', 'instant'),
                                ('team', 'plain'),
                                ('team', 'plain'),
                                ('lead', 'plain'),
                                ('lead', 'plain'),
                                ('title', 'plain')),
                               (('pathway', 'plain'), ('cases', 'plain'))),
 'count_supervision_due': ("SELECT count(*) AS people, coalesce(sum(CASE WHEN supervision_due.late THEN 1::INTEGER ELSE 0::INTEGER END), 0::INTEGER) AS late FROM supervision_due WHERE ('*'::VARCHAR "
                           '= %s::VARCHAR OR supervision_due.supervisor_id = %s::BIGINT OR supervision_due.practitioner_id = %s::BIGINT OR (EXISTS (SELECT practitioner_role.id FROM practitioner_role '
                           'JOIN practitioner AS head ON head.id = practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = %s::BIGINT AND practitioner_role.from_on <= %s::DATE '
                           "AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= %s::DATE) AND (supervision_due.kind = 'school'::VARCHAR AND (practitioner_role.role = "
                           "'headteacher'::VARCHAR OR practitioner_role.role = 'principal'::VARCHAR) AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision_due.team AND "
                           "coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) != ''::VARCHAR OR supervision_due.kind = 'social_care'::VARCHAR AND (practitioner_role.role = "
                           "'senior_officer'::VARCHAR OR practitioner_role.role = 'service_manager'::VARCHAR) AND (coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = "
                           "supervision_due.team OR coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = ''::VARCHAR))))) AND NOT (EXISTS (SELECT supervision.id FROM supervision WHERE "
                           "supervision.practitioner_id = supervision_due.practitioner_id AND supervision.form = 'one_to_one'::VARCHAR AND (supervision_due.last_on IS NULL OR supervision.held_on > "
                           'supervision_due.last_on)))',
                           (('clears', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('today', 'day')),
                           (('people', 'plain'), ('late', 'plain'))),
 'count_waiting_messages': ('SELECT count(*) AS messages FROM outbox WHERE outbox.done_at IS NULL AND NOT (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.reference = '
                            'outbox.case_ref AND pathway_case.guarded))',
                            (),
                            (('messages', 'plain'),)),
 'count_without_page_keys': ('SELECT count(*) AS cases FROM pathway_case WHERE EXISTS (SELECT case_key.case_ref FROM case_key WHERE case_key.case_ref = pathway_case.reference AND '
                             'length(case_key.sealed) = 60::INTEGER)',
                             (),
                             (('cases', 'plain'),)),
 'count_work': ("SELECT count(*) AS work, count(*) FILTER (WHERE deadline.due_at < %s::TIMESTAMP WITH TIME ZONE AND (deadline.rule NOT IN ('cme.ground_20', 'cme.ground_leave', 'cme.sao_notice', "
                "'cme.school_age', 'cp.age_18', 'lado.refer_local', 'lado.target_1m'))) AS late, count(*) FILTER (WHERE NOT (deadline.due_at < %s::TIMESTAMP WITH TIME ZONE AND (deadline.rule NOT IN "
                "('cme.ground_20', 'cme.ground_leave', 'cme.sao_notice', 'cme.school_age', 'cp.age_18', 'lado.refer_local', 'lado.target_1m'))) AND deadline.due_at <= %s::TIMESTAMP WITH TIME ZONE) "
                "AS today, min(deadline.due_at) FILTER (WHERE deadline.due_at < %s::TIMESTAMP WITH TIME ZONE AND (deadline.rule NOT IN ('cme.ground_20', 'cme.ground_leave', 'cme.sao_notice', "
                "'cme.school_age', 'cp.age_18', 'lado.refer_local', 'lado.target_1m'))) AS oldest FROM deadline JOIN pathway_case ON pathway_case.id = deadline.case_id WHERE deadline.closed_at IS "
                "NULL AND (deadline.status = 'open'::VARCHAR OR deadline.status = 'missed'::VARCHAR) AND deadline.due_at <= %s::TIMESTAMP WITH TIME ZONE AND ('*'::VARCHAR = %s::VARCHAR OR "
                "replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id "
                "FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS "
                'NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND "
                'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                "(pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind "
                "= 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > "
                '%s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = '
                "'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > "
                "%s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR "
                "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME '
                "ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > "
                "%s::TIMESTAMP WITH TIME ZONE)))) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.team = %s::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
                "pathway_case.lead = %s::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.pathway = %s::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.state = %s::VARCHAR)",
                (('now', 'instant'),
                 ('now', 'instant'),
                 ('tonight', 'instant'),
                 ('now', 'instant'),
                 ('until', 'instant'),
                 ('circle', 'plain'),
                 ('circle', 'plain'),
                 ('circle', 'plain'),
                 ('called', 'plain'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('clears', 'plain'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('clears', 'plain'),
                 ('clears', 'plain'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('team', 'plain'),
                 ('team', 'plain'),
                 ('lead', 'plain'),
                 ('lead', 'plain'),
                 ('title', 'plain'),
                 ('pathway', 'plain'),
                 ('pathway', 'plain'),
                 ('state', 'plain'),
                 ('state', 'plain')),
                (('work', 'plain'), ('late', 'plain'), ('today', 'plain'), ('oldest', 'instant'))),
 'deadlines_of_case': ('SELECT deadline.id, deadline.key, deadline.case_id, deadline.rule, deadline.edition, deadline.start_event, deadline.started, deadline.due_on, deadline.due_at, '
                       'deadline.plan_by, deadline.calendar, deadline.status, deadline.statutory, deadline.look_at, deadline.told, deadline.opened_seq, deadline.closed_at, deadline.closed_seq, '
                       'deadline.missed_seq FROM deadline WHERE deadline.case_id = %s::BIGINT ORDER BY deadline.due_at, deadline.id',
                       (('case_id', 'plain'),),
                       (('id', 'plain'),
                        ('key', 'plain'),
                        ('case_id', 'plain'),
                        ('rule', 'plain'),
                        ('edition', 'plain'),
                        ('start_event', 'plain'),
                        ('started', 'plain'),
                        ('due_on', 'day'),
                        ('due_at', 'instant'),
                        ('plan_by', 'day'),
                        ('calendar', 'plain'),
                        ('status', 'plain'),
                        ('statutory', 'flag'),
                        ('look_at', 'instant'),
                        ('told', 'plain'),
                        ('opened_seq', 'plain'),
                        ('closed_at', 'instant'),
                        ('closed_seq', 'plain'),
                        ('missed_seq', 'plain'))),
 'deaths_behind_the_wall': ("SELECT pathway_case.reference FROM outbox JOIN pathway_case ON pathway_case.reference = outbox.case_ref WHERE outbox.event = 'pathways.person.died'::VARCHAR AND "
                            "outbox.key = ('death/'::VARCHAR || outbox.case_ref) AND pathway_case.is_open IS true AND pathway_case.guarded IS true AND NOT (EXISTS (SELECT trail.seq FROM trail WHERE "
                            "trail.case_ref = pathway_case.reference AND trail.action = 'person_died'::VARCHAR)) ORDER BY pathway_case.reference || ''::VARCHAR",
                            (),
                            (('reference', 'plain'),)),
 'decide_proposal': ('UPDATE proposal SET verdict=%s::VARCHAR, decided_by=%s::VARCHAR, decided_at=%s::TIMESTAMP WITH TIME ZONE, decided_because=%s::VARCHAR WHERE proposal.id = %s::BIGINT AND '
                     "proposal.verdict = 'waiting'::VARCHAR",
                     (('verdict', 'plain'), ('decided_by', 'plain'), ('decided_at', 'instant'), ('decided_because', 'plain'), ('proposal_id', 'plain')),
                     ()),
 'describe_practitioner': ('UPDATE practitioner SET title=coalesce(%s::VARCHAR, practitioner.title), agency=coalesce(%s::VARCHAR, practitioner.agency), team=coalesce(%s::VARCHAR, practitioner.team), '
                           'given=coalesce(%s::VARCHAR, practitioner.given), family=coalesce(%s::VARCHAR, practitioner.family), folded=coalesce(%s::VARCHAR, practitioner.folded), '
                           'birth_date=coalesce(%s::DATE, practitioner.birth_date), staff_number=coalesce(%s::VARCHAR, practitioner.staff_number), email=coalesce(%s::VARCHAR, practitioner.email), '
                           'to_on=coalesce(%s::DATE, practitioner.to_on) WHERE practitioner.id = %s::BIGINT',
                           (('title', 'plain'),
                            ('agency', 'plain'),
                            ('team', 'plain'),
                            ('given', 'plain'),
                            ('family', 'plain'),
                            ('folded', 'plain'),
                            ('birth_date', 'day'),
                            ('staff_number', 'plain'),
                            ('email', 'plain'),
                            ('to_on', 'day'),
                            ('practitioner_id', 'plain')),
                           ()),
 'document_content': ('SELECT document.content FROM document WHERE document.id = %s::BIGINT', (('document_id', 'plain'),), (('content', 'sealed_text'),)),
 'document_with_content': ('SELECT document.id, document.case_id, document.meeting_id, document.number, document.kind, document.recipient, document.person_id, document.version, document.form, '
                           'document.template, document.template_print, document.rests_on, document.page, document.seq, document.made_at, document.made_by, document.size, document.fingerprint, '
                           'document.content, document.sent_at, document.sent_how, document.sent_by, document.sent_seq FROM document JOIN pathway_case ON pathway_case.id = document.case_id WHERE '
                           "document.case_id = %s::BIGINT AND document.number = %s::BIGINT AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, "
                           "''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                           "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                           'TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                           "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL "
                           'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '
                           "'*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR "
                           'AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > '
                           '%s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = '
                           "'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                           "access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, "
                           "''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                           "access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL "
                           'OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND '
                           "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                           'TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))))',
                           (('case_id', 'plain'),
                            ('number', 'plain'),
                            ('circle', 'plain'),
                            ('circle', 'plain'),
                            ('circle', 'plain'),
                            ('called', 'plain'),
                            ('viewer', 'plain'),
                            ('viewed_at', 'instant'),
                            ('viewed_at', 'instant'),
                            ('viewer', 'plain'),
                            ('viewed_at', 'instant'),
                            ('viewed_at', 'instant'),
                            ('clears', 'plain'),
                            ('viewer', 'plain'),
                            ('viewed_at', 'instant'),
                            ('viewed_at', 'instant'),
                            ('viewer', 'plain'),
                            ('viewed_at', 'instant'),
                            ('viewed_at', 'instant'),
                            ('clears', 'plain'),
                            ('clears', 'plain'),
                            ('viewer', 'plain'),
                            ('viewed_at', 'instant'),
                            ('viewed_at', 'instant'),
                            ('viewer', 'plain'),
                            ('viewed_at', 'instant'),
                            ('viewed_at', 'instant')),
                           (('id', 'plain'),
                            ('case_id', 'plain'),
                            ('meeting_id', 'plain'),
                            ('number', 'plain'),
                            ('kind', 'plain'),
                            ('recipient', 'plain'),
                            ('person_id', 'plain'),
                            ('version', 'plain'),
                            ('form', 'plain'),
                            ('template', 'plain'),
                            ('template_print', 'plain'),
                            ('rests_on', 'json'),
                            ('page', 'plain'),
                            ('seq', 'plain'),
                            ('made_at', 'instant'),
                            ('made_by', 'plain'),
                            ('size', 'plain'),
                            ('fingerprint', 'plain'),
                            ('content', 'sealed_text'),
                            ('sent_at', 'instant'),
                            ('sent_how', 'plain'),
                            ('sent_by', 'plain'),
                            ('sent_seq', 'plain'))),
 'documents_of_case': ('SELECT document.id, document.case_id, document.meeting_id, document.number, document.kind, document.recipient, document.person_id, document.version, document.form, '
                       'document.template, document.template_print, document.rests_on, document.page, document.seq, document.made_at, document.made_by, document.size, document.fingerprint, '
                       'document.sent_at, document.sent_how, document.sent_by, document.sent_seq FROM document JOIN pathway_case ON pathway_case.id = document.case_id WHERE document.case_id = '
                       "%s::BIGINT AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = "
                       "%s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                       "'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                       'access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind '
                       "= 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                       "(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN "
                       "(SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL "
                       'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN '
                       "(SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS "
                       'NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS '
                       "false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                       "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                       'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                       "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT "
                       'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER '
                       'BY document.number',
                       (('case_id', 'plain'),
                        ('circle', 'plain'),
                        ('circle', 'plain'),
                        ('circle', 'plain'),
                        ('called', 'plain'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('clears', 'plain'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('clears', 'plain'),
                        ('clears', 'plain'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant')),
                       (('id', 'plain'),
                        ('case_id', 'plain'),
                        ('meeting_id', 'plain'),
                        ('number', 'plain'),
                        ('kind', 'plain'),
                        ('recipient', 'plain'),
                        ('person_id', 'plain'),
                        ('version', 'plain'),
                        ('form', 'plain'),
                        ('template', 'plain'),
                        ('template_print', 'plain'),
                        ('rests_on', 'json'),
                        ('page', 'plain'),
                        ('seq', 'plain'),
                        ('made_at', 'instant'),
                        ('made_by', 'plain'),
                        ('size', 'plain'),
                        ('fingerprint', 'plain'),
                        ('sent_at', 'instant'),
                        ('sent_how', 'plain'),
                        ('sent_by', 'plain'),
                        ('sent_seq', 'plain'))),
 'documents_sent_since': ('SELECT document.sent_at, document.rests_on FROM document JOIN pathway_case ON pathway_case.id = document.case_id WHERE pathway_case.reference = %s::VARCHAR AND '
                          'document.sent_at >= %s::TIMESTAMP WITH TIME ZONE ORDER BY document.sent_at',
                          (('reference', 'plain'), ('since', 'instant')),
                          (('sent_at', 'instant'), ('rests_on', 'json'))),
 'documents_to_seal': ('SELECT document.id, document.page FROM document WHERE document.case_id = %s::BIGINT', (('case_id', 'plain'),), (('id', 'plain'), ('page', 'plain'))),
 'draw_case_keys': ("SELECT nextval((SELECT CAST(pg_get_serial_sequence('pathway_case', 'id') AS REGCLASS) AS pg_get_serial_sequence_1)) AS id FROM generate_series(1::INTEGER, %s::BIGINT) AS anon_1",
                    (('count', 'plain'),),
                    (('id', 'plain'),)),
 'draw_episode_keys': ("SELECT nextval((SELECT CAST(pg_get_serial_sequence('episode', 'id') AS REGCLASS) AS pg_get_serial_sequence_1)) AS id FROM generate_series(1::INTEGER, %s::BIGINT) AS anon_1",
                       (('count', 'plain'),),
                       (('id', 'plain'),)),
 'draw_household_keys': ("SELECT nextval((SELECT CAST(pg_get_serial_sequence('household', 'id') AS REGCLASS) AS pg_get_serial_sequence_1)) AS id FROM generate_series(1::INTEGER, %s::BIGINT) AS "
                         'anon_1',
                         (('count', 'plain'),),
                         (('id', 'plain'),)),
 'draw_meeting_keys': ("SELECT nextval((SELECT CAST(pg_get_serial_sequence('meeting', 'id') AS REGCLASS) AS pg_get_serial_sequence_1)) AS id FROM generate_series(1::INTEGER, %s::BIGINT) AS anon_1",
                       (('count', 'plain'),),
                       (('id', 'plain'),)),
 'draw_number': ('INSERT INTO counter (prefix, year, last) VALUES (%s::VARCHAR, %s::INTEGER, %s::INTEGER) ON CONFLICT (prefix, year) DO UPDATE SET last = (counter.last + 1::INTEGER) RETURNING '
                 'counter.last',
                 (('prefix', 'plain'), ('year', 'plain'), ('last', 'plain')),
                 (('last', 'plain'),)),
 'draw_numbers': ('INSERT INTO counter (prefix, year, last) VALUES (%s::VARCHAR, %s::INTEGER, %s::INTEGER) ON CONFLICT (prefix, year) DO UPDATE SET last = (counter.last + excluded.last) RETURNING '
                  'counter.last',
                  (('prefix', 'plain'), ('year', 'plain'), ('last', 'plain')),
                  (('last', 'plain'),)),
 'draw_person_keys': ("SELECT nextval((SELECT CAST(pg_get_serial_sequence('person', 'id') AS REGCLASS) AS pg_get_serial_sequence_1)) AS id FROM generate_series(1::INTEGER, %s::BIGINT) AS anon_1",
                      (('count', 'plain'),),
                      (('id', 'plain'),)),
 'drop_case_key': ('DELETE FROM case_key WHERE case_key.case_ref = %s::VARCHAR', (('case_ref', 'plain'),), ()),
 'drop_deadlines': ('DELETE FROM deadline WHERE deadline.case_id = %s::BIGINT', (('case_id', 'plain'),), ()),
 'drop_documents': ('DELETE FROM document WHERE document.case_id = %s::BIGINT', (('case_id', 'plain'),), ()),
 'drop_drafts_of': ('DELETE FROM form_draft WHERE form_draft.target = %s::VARCHAR', (('case_ref', 'plain'),), ()),
 'drop_every_case_key': ('DELETE FROM case_key', (), ()),
 'drop_form': ('UPDATE form_draft SET answers=%s::VARCHAR, dropped_at=%s::TIMESTAMP WITH TIME ZONE WHERE form_draft.practitioner_id = %s::BIGINT AND form_draft.finished_at IS NULL AND '
               'form_draft.dropped_at IS NULL AND form_draft.id = (SELECT numbered.id FROM (SELECT counted.id AS id, row_number() OVER (ORDER BY counted.id) AS number FROM form_draft AS counted '
               'WHERE counted.practitioner_id = %s::BIGINT) AS numbered WHERE numbered.number = %s::BIGINT)',
               (('answers', 'json'), ('dropped_at', 'instant'), ('viewer', 'plain'), ('viewer', 'plain'), ('form_id', 'plain')),
               ()),
 'drop_forms_before': ('UPDATE form_draft SET answers=%s::VARCHAR, dropped_at=%s::TIMESTAMP WITH TIME ZONE WHERE form_draft.finished_at IS NULL AND form_draft.dropped_at IS NULL AND '
                       'form_draft.saved_at < %s::TIMESTAMP WITH TIME ZONE',
                       (('answers', 'json'), ('dropped_at', 'instant'), ('before', 'instant')),
                       ()),
 'drop_parked': ('DELETE FROM parked WHERE parked.case_id = %s::BIGINT', (('case_id', 'plain'),), ()),
 'drop_records': ('DELETE FROM record WHERE record.case_id = %s::BIGINT', (('case_id', 'plain'),), ()),
 'drop_runs': ('DELETE FROM tree_run', (), ()),
 'drop_uncovered': ('DELETE FROM uncovered WHERE uncovered.id = ANY (%s::BIGINT[])', (('ids', 'plain'),), ()),
 'due_chunk': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.state, pathway_case.seq, pathway_case.head, pathway_case.team, deadline.id '
               'AS deadline_id, deadline.rule, deadline.edition, deadline.due_on, deadline.due_at, deadline.status, deadline.statutory, deadline.look_at, deadline.told, deadline.missed_seq, '
               'deadline.opened_seq, deadline.key, pathway_case.guarded FROM unnest(%s::BIGINT[]) AS anon_1(value) JOIN deadline ON deadline.id = anon_1.value JOIN pathway_case ON pathway_case.id = '
               'deadline.case_id WHERE deadline.look_at < %s::TIMESTAMP WITH TIME ZONE FOR UPDATE OF pathway_case, deadline SKIP LOCKED',
               (('clocks', 'plain'), ('as_of', 'instant')),
               (('id', 'plain'),
                ('reference', 'plain'),
                ('pathway', 'plain'),
                ('definition', 'plain'),
                ('state', 'plain'),
                ('seq', 'plain'),
                ('head', 'bytes'),
                ('team', 'plain'),
                ('deadline_id', 'plain'),
                ('rule', 'plain'),
                ('edition', 'plain'),
                ('due_on', 'day'),
                ('due_at', 'instant'),
                ('status', 'plain'),
                ('statutory', 'flag'),
                ('look_at', 'instant'),
                ('told', 'plain'),
                ('missed_seq', 'plain'),
                ('opened_seq', 'plain'),
                ('key', 'plain'),
                ('guarded', 'flag'))),
 'due_clocks': ('SELECT deadline.case_id, deadline.id FROM deadline WHERE deadline.look_at < %s::TIMESTAMP WITH TIME ZONE AND ((deadline.case_id / 256) %% %s::BIGINT) = %s::BIGINT ORDER BY '
                'deadline.case_id + 0',
                (('as_of', 'instant'), ('shards', 'plain'), ('shard', 'plain')),
                (('case_id', 'plain'), ('id', 'plain'))),
 'editions_in_use': ('SELECT deadline.edition, min(deadline.started) AS since FROM deadline GROUP BY deadline.edition', (), (('edition', 'plain'), ('since', 'plain'))),
 'empty_document': ('UPDATE document SET content=%s::VARCHAR WHERE document.case_id = %s::BIGINT AND document.page = %s::BIGINT',
                    (('content', 'sealed_text'), ('case_id', 'plain'), ('page', 'plain')),
                    ()),
 'empty_episode': ('UPDATE episode SET closure_reason=NULL, referral_source=NULL, primary_need=NULL, details=%s::VARCHAR WHERE episode.id = %s::BIGINT AND NOT (EXISTS (SELECT pathway_case.id FROM '
                   'pathway_case WHERE pathway_case.episode_id = episode.id AND (pathway_case.reference NOT IN (SELECT tombstone.case_ref FROM tombstone))))',
                   (('details', 'json'), ('episode_id', 'plain')),
                   ()),
 'empty_record': ('UPDATE record SET body=%s::VARCHAR, destroyed_seq=%s::BIGINT WHERE record.case_id = %s::BIGINT AND record.page = %s::BIGINT AND record.destroyed_seq IS NULL',
                  (('body', 'sealed_json'), ('seq', 'plain'), ('case_id', 'plain'), ('page', 'plain')),
                  ()),
 'empty_supervision_actions': ('UPDATE supervision_action SET what=NULL, ended_why=NULL WHERE supervision_action.supervision_id = %s::BIGINT', (('supervision_id', 'plain'),), ()),
 'empty_supervision_signatures': ('UPDATE supervision_signature SET said=NULL WHERE supervision_signature.supervision_id = %s::BIGINT', (('supervision_id', 'plain'),), ()),
 'end_access': ('UPDATE access SET ended_at=%s::TIMESTAMP WITH TIME ZONE, ended_by=%s::VARCHAR WHERE access.id = %s::BIGINT AND access.ended_at IS NULL',
                (('ended_at', 'instant'), ('ended_by', 'plain'), ('access_id', 'plain')),
                ()),
 'end_address': ('UPDATE person_address SET to_on=%s::DATE WHERE person_address.id = %s::BIGINT AND person_address.to_on IS NULL', (('to_on', 'day'), ('row_id', 'plain')), ()),
 'end_calendar_feed': ('UPDATE calendar_feed SET ended_at=%s::TIMESTAMP WITH TIME ZONE, ended_by=%s::VARCHAR WHERE calendar_feed.id = %s::BIGINT AND calendar_feed.ended_at IS NULL',
                       (('ended_at', 'instant'), ('ended_by', 'plain'), ('feed_id', 'plain')),
                       ()),
 'end_deadline': ('UPDATE deadline SET status=anon_1.status, look_at=NULL, closed_at=anon_1.closed_at, closed_seq=anon_1.closed_seq FROM unnest(%s::TEXT[], %s::TIMESTAMP WITH TIME ZONE[], '
                  '%s::INTEGER[], %s::BIGINT[]) AS anon_1(status, closed_at, closed_seq, deadline_id) WHERE deadline.id = anon_1.deadline_id',
                  (('status', 'plain'), ('closed_at', 'plain'), ('closed_seq', 'plain'), ('deadline_id', 'plain')),
                  ()),
 'end_file_mark': ('UPDATE file_mark SET ended_at=%s::TIMESTAMP WITH TIME ZONE, ended_by=%s::VARCHAR WHERE file_mark.id = %s::BIGINT AND file_mark.ended_at IS NULL',
                   (('ended_at', 'instant'), ('ended_by', 'plain'), ('mark_id', 'plain')),
                   ()),
 'end_membership': ('UPDATE household_member SET to_on=%s::DATE WHERE household_member.id = %s::BIGINT AND household_member.to_on IS NULL', (('to_on', 'day'), ('row_id', 'plain')), ()),
 'end_name': ('UPDATE person_name SET to_on=%s::DATE WHERE person_name.id = %s::BIGINT AND person_name.to_on IS NULL', (('to_on', 'day'), ('row_id', 'plain')), ()),
 'end_person_link': ('UPDATE person_link SET ended_at=%s::TIMESTAMP WITH TIME ZONE, ended_by=%s::VARCHAR, ended_because=%s::VARCHAR WHERE person_link.id = %s::BIGINT AND person_link.ended_at IS NULL',
                     (('ended_at', 'instant'), ('ended_by', 'plain'), ('ended_because', 'plain'), ('link_id', 'plain')),
                     ()),
 'end_relationship': ('UPDATE relationship SET to_on=%s::DATE, end_recorded_at=%s::TIMESTAMP WITH TIME ZONE WHERE relationship.id = %s::BIGINT AND relationship.to_on IS NULL',
                      (('to_on', 'day'), ('now', 'instant'), ('row_id', 'plain')),
                      ()),
 'end_roles': ("UPDATE practitioner_role SET to_on=%s::DATE WHERE practitioner_role.practitioner_id = %s::BIGINT AND (%s::VARCHAR = ''::VARCHAR OR practitioner_role.role = %s::VARCHAR) AND "
               '(practitioner_role.to_on IS NULL OR practitioner_role.to_on > %s::DATE)',
               (('on', 'day'), ('practitioner_id', 'plain'), ('role', 'plain'), ('role', 'plain'), ('on', 'day')),
               ()),
 'end_supervision': ('UPDATE supervision SET body=NULL, destroyed_at=%s::TIMESTAMP WITH TIME ZONE, destroyed_by=%s::BIGINT, certificate=%s::VARCHAR WHERE supervision.id = %s::BIGINT AND '
                     'supervision.destroyed_at IS NULL',
                     (('destroyed_at', 'instant'), ('destroyed_by', 'plain'), ('certificate', 'plain'), ('supervision_id', 'plain')),
                     ()),
 'end_supervision_action': ('UPDATE supervision_action SET ended_on=%s::DATE, ended_as=%s::VARCHAR, ended_why=%s::VARCHAR, ended_by=%s::VARCHAR, ended_at=%s::TIMESTAMP WITH TIME ZONE WHERE '
                            'supervision_action.id = %s::BIGINT AND supervision_action.ended_at IS NULL',
                            (('ended_on', 'day'), ('ended_as', 'plain'), ('ended_why', 'sealed_text'), ('ended_by', 'plain'), ('ended_at', 'instant'), ('action_id', 'plain')),
                            ()),
 'entry_code': ("SELECT trail.hash FROM trail JOIN pathway_case ON pathway_case.reference = trail.case_ref WHERE trail.case_ref = %s::VARCHAR AND trail.seq = %s::BIGINT AND ('*'::VARCHAR = "
                "%s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT "
                "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND "
                'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id '
                "IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS "
                'NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                "(pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind "
                "= 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > "
                '%s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = '
                "'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > "
                "%s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR "
                "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME '
                "ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > "
                '%s::TIMESTAMP WITH TIME ZONE))))',
                (('reference', 'plain'),
                 ('seq', 'plain'),
                 ('circle', 'plain'),
                 ('circle', 'plain'),
                 ('circle', 'plain'),
                 ('called', 'plain'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('clears', 'plain'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('clears', 'plain'),
                 ('clears', 'plain'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant')),
                (('hash', 'bytes'),)),
 'entry_of_key': ('SELECT trail.seq, trail.action, trail.hash, trail.actor FROM trail JOIN pathway_case ON pathway_case.reference = trail.case_ref WHERE trail.case_ref = %s::VARCHAR AND trail.key = '
                  "%s::VARCHAR AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = "
                  "%s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                  "'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > "
                  "%s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                  "access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                  "access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access "
                  "WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                  'TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                  "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                  "TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || "
                  "pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                  "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE "
                  'AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
                  "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                  '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))))',
                  (('reference', 'plain'),
                   ('key', 'plain'),
                   ('circle', 'plain'),
                   ('circle', 'plain'),
                   ('circle', 'plain'),
                   ('called', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('clears', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('clears', 'plain'),
                   ('clears', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant')),
                  (('seq', 'plain'), ('action', 'plain'), ('hash', 'bytes'), ('actor', 'plain'))),
 'episode_by_source_key': ('SELECT episode.id, episode.person_id, episode.opened_on, episode.closed_on, episode.closure_reason, episode.referral_source, episode.primary_need, episode.basis, '
                           'episode.source_key, episode.details, episode.recorded_at FROM episode WHERE episode.source_key = %s::VARCHAR',
                           (('source_key', 'plain'),),
                           (('id', 'plain'),
                            ('person_id', 'plain'),
                            ('opened_on', 'day'),
                            ('closed_on', 'day'),
                            ('closure_reason', 'plain'),
                            ('referral_source', 'plain'),
                            ('primary_need', 'plain'),
                            ('basis', 'plain'),
                            ('source_key', 'plain'),
                            ('details', 'json'),
                            ('recorded_at', 'instant'))),
 'every_access_line': ('SELECT access.case_id, access.person_id, access.because, access.by_login, access.from_at, access.kind, access.until_at, access.ended_at, access.ended_by, '
                       'pathway_case.reference, practitioner.login FROM access LEFT OUTER JOIN pathway_case ON pathway_case.id = access.case_id LEFT OUTER JOIN practitioner ON practitioner.id = '
                       'access.practitioner_id ORDER BY access.id',
                       (),
                       (('case_id', 'plain'),
                        ('person_id', 'plain'),
                        ('because', 'plain'),
                        ('by_login', 'plain'),
                        ('from_at', 'instant'),
                        ('kind', 'plain'),
                        ('until_at', 'instant'),
                        ('ended_at', 'instant'),
                        ('ended_by', 'plain'),
                        ('reference', 'plain'),
                        ('login', 'plain'))),
 'every_case_key': ('SELECT case_key.case_ref, case_key.store_key, case_key.sealed, case_key.made_at FROM case_key ORDER BY case_key.case_ref',
                    (),
                    (('case_ref', 'plain'), ('store_key', 'plain'), ('sealed', 'bytes'), ('made_at', 'instant'))),
 'every_case_state': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.is_open, pathway_case.facts, pathway_case.seq, pathway_case.head, '
                      'pathway_case.definition, pathway_case.outcome, pathway_case.opened_at, pathway_case.closed_at, pathway_case.person_id, pathway_case.team, pathway_case.lead FROM pathway_case '
                      'ORDER BY pathway_case.reference',
                      (),
                      (('reference', 'plain'),
                       ('pathway', 'plain'),
                       ('state', 'plain'),
                       ('is_open', 'flag'),
                       ('facts', 'sealed_json'),
                       ('seq', 'plain'),
                       ('head', 'bytes'),
                       ('definition', 'plain'),
                       ('outcome', 'plain'),
                       ('opened_at', 'instant'),
                       ('closed_at', 'instant'),
                       ('person_id', 'plain'),
                       ('team', 'plain'),
                       ('lead', 'plain'))),
 'every_chain': ('SELECT chain.case_ref, chain.seq, chain.head, last_leaf.place, coalesce(last_leaf.entries, 0::INTEGER) AS covered, last_leaf.head AS covered_head FROM (SELECT '
                 'pathway_case.reference AS case_ref, pathway_case.seq AS seq, pathway_case.head AS head FROM pathway_case UNION ALL SELECT own.case_ref AS case_ref, ending.seq AS seq, ending.hash '
                 "AS hash FROM (SELECT '~'::VARCHAR || CAST(practitioner.id AS TEXT) AS case_ref FROM practitioner UNION ALL SELECT '~0'::VARCHAR AS case_ref) AS own JOIN LATERAL (SELECT trail.seq "
                 'AS seq, trail.hash AS hash FROM trail WHERE trail.case_ref = own.case_ref ORDER BY trail.seq DESC LIMIT 1::INTEGER) AS ending ON true UNION ALL SELECT destroyed.case_ref AS '
                 'case_ref, ending.seq AS seq, ending.hash AS hash FROM (SELECT tombstone.case_ref AS case_ref FROM tombstone WHERE NOT (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE '
                 'pathway_case.reference = tombstone.case_ref))) AS destroyed JOIN LATERAL (SELECT trail.seq AS seq, trail.hash AS hash FROM trail WHERE trail.case_ref = destroyed.case_ref ORDER BY '
                 'trail.seq DESC LIMIT 1::INTEGER) AS ending ON true) AS chain LEFT OUTER JOIN LATERAL (SELECT checkpoint_leaf.place AS place, checkpoint_leaf.entries AS entries, '
                 'checkpoint_leaf.head AS head FROM checkpoint_leaf WHERE checkpoint_leaf.case_ref = chain.case_ref ORDER BY checkpoint_leaf.checkpoint_id DESC LIMIT 1::INTEGER) AS last_leaf ON true',
                 (),
                 (('case_ref', 'plain'), ('seq', 'plain'), ('head', 'bytes'), ('place', 'plain'), ('covered', 'plain'), ('covered_head', 'bytes'))),
 'every_checkpoint': ('SELECT checkpoint.id, checkpoint.at, checkpoint.chains, checkpoint.entries, checkpoint.root, checkpoint.text, checkpoint.signature, checkpoint.signed_by, checkpoint.outbox_id, '
                      'checkpoint.follows FROM checkpoint ORDER BY checkpoint.id',
                      (),
                      (('id', 'plain'),
                       ('at', 'instant'),
                       ('chains', 'plain'),
                       ('entries', 'plain'),
                       ('root', 'bytes'),
                       ('text', 'plain'),
                       ('signature', 'bytes'),
                       ('signed_by', 'plain'),
                       ('outbox_id', 'plain'),
                       ('follows', 'plain'))),
 'every_deadline': ('SELECT pathway_case.reference, deadline.rule, deadline.edition, deadline.start_event, deadline.started, deadline.due_on, deadline.due_at, deadline.plan_by, deadline.calendar, '
                    'deadline.status, deadline.statutory, deadline.look_at, deadline.opened_seq, deadline.closed_at, deadline.closed_seq, deadline.missed_seq, deadline.key FROM pathway_case JOIN '
                    'deadline ON deadline.case_id = pathway_case.id + 0 ORDER BY pathway_case.reference, deadline.id',
                    (),
                    (('reference', 'plain'),
                     ('rule', 'plain'),
                     ('edition', 'plain'),
                     ('start_event', 'plain'),
                     ('started', 'plain'),
                     ('due_on', 'day'),
                     ('due_at', 'instant'),
                     ('plan_by', 'day'),
                     ('calendar', 'plain'),
                     ('status', 'plain'),
                     ('statutory', 'flag'),
                     ('look_at', 'instant'),
                     ('opened_seq', 'plain'),
                     ('closed_at', 'instant'),
                     ('closed_seq', 'plain'),
                     ('missed_seq', 'plain'),
                     ('key', 'plain'))),
 'every_document': ('SELECT pathway_case.reference, document.seq, document.number, document.version, document.form, document.fingerprint, document.id, document.sent_seq, document.page, '
                    'document.recipient, document.size, document.made_at, document.made_by, document.sent_at, document.sent_by, document.sent_how, document.kind, document.template, '
                    'document.template_print, document.rests_on FROM pathway_case JOIN document ON document.case_id = pathway_case.id + 0 ORDER BY pathway_case.reference, document.seq',
                    (),
                    (('reference', 'plain'),
                     ('seq', 'plain'),
                     ('number', 'plain'),
                     ('version', 'plain'),
                     ('form', 'plain'),
                     ('fingerprint', 'plain'),
                     ('id', 'plain'),
                     ('sent_seq', 'plain'),
                     ('page', 'plain'),
                     ('recipient', 'plain'),
                     ('size', 'plain'),
                     ('made_at', 'instant'),
                     ('made_by', 'plain'),
                     ('sent_at', 'instant'),
                     ('sent_by', 'plain'),
                     ('sent_how', 'plain'),
                     ('kind', 'plain'),
                     ('template', 'plain'),
                     ('template_print', 'plain'),
                     ('rests_on', 'json'))),
 'every_leaf': ('SELECT checkpoint_leaf.checkpoint_id, checkpoint_leaf.case_ref, checkpoint_leaf.entries, checkpoint_leaf.head, checkpoint_leaf.place FROM checkpoint_leaf ORDER BY '
                'checkpoint_leaf.checkpoint_id, checkpoint_leaf.case_ref',
                (),
                (('checkpoint_id', 'plain'), ('case_ref', 'plain'), ('entries', 'plain'), ('head', 'bytes'), ('place', 'plain'))),
 'every_leaf_by_chain': ('SELECT checkpoint_leaf.case_ref, checkpoint_leaf.entries, checkpoint_leaf.head FROM checkpoint_leaf ORDER BY checkpoint_leaf.case_ref, checkpoint_leaf.checkpoint_id',
                         (),
                         (('case_ref', 'plain'), ('entries', 'plain'), ('head', 'bytes'))),
 'every_record_print': ('SELECT pathway_case.reference, record.seq, record.page, record.kind, record.recorded_at, record.happened_at, record.author, record.role, record.voided_seq, '
                        'record.destroyed_seq, record.entry, record.body AS body FROM pathway_case JOIN record ON record.case_id = pathway_case.id + 0 ORDER BY pathway_case.reference, record.seq',
                        (),
                        (('reference', 'plain'),
                         ('seq', 'plain'),
                         ('page', 'plain'),
                         ('kind', 'plain'),
                         ('recorded_at', 'instant'),
                         ('happened_at', 'instant'),
                         ('author', 'plain'),
                         ('role', 'plain'),
                         ('voided_seq', 'plain'),
                         ('destroyed_seq', 'plain'),
                         ('entry', 'plain'),
                         ('body', 'sealed_text'))),
 'every_restriction_line': ('SELECT restriction.case_id, restriction.person_id, restriction.because, restriction.by_login, restriction.from_at, restriction.lifted_at, restriction.lifted_by, '
                            'restriction.lifted_second, pathway_case.reference FROM restriction LEFT OUTER JOIN pathway_case ON pathway_case.id = restriction.case_id ORDER BY restriction.id',
                            (),
                            (('case_id', 'plain'),
                             ('person_id', 'plain'),
                             ('because', 'plain'),
                             ('by_login', 'plain'),
                             ('from_at', 'instant'),
                             ('lifted_at', 'instant'),
                             ('lifted_by', 'plain'),
                             ('lifted_second', 'plain'),
                             ('reference', 'plain'))),
 'every_run': ('SELECT tree_run.level, tree_run.place, tree_run.hashes FROM tree_run ORDER BY tree_run.level, tree_run.place', (), (('level', 'plain'), ('place', 'plain'), ('hashes', 'bytes'))),
 'every_session_number': ('SELECT supervision.id, supervision.destroyed_at, supervision.certificate FROM supervision ORDER BY supervision.id',
                          (),
                          (('id', 'plain'), ('destroyed_at', 'instant'), ('certificate', 'plain'))),
 'every_supervision_due': ('SELECT supervision_due.id, supervision_due.practitioner_id, supervision_due.supervisor_id, supervision_due.kind, supervision_due.team, supervision_due.last_on, '
                           'supervision_due.late, supervision_due.found_on FROM supervision_due ORDER BY supervision_due.practitioner_id',
                           (),
                           (('id', 'plain'),
                            ('practitioner_id', 'plain'),
                            ('supervisor_id', 'plain'),
                            ('kind', 'plain'),
                            ('team', 'plain'),
                            ('last_on', 'day'),
                            ('late', 'flag'),
                            ('found_on', 'day'))),
 'every_supervision_signature': ('SELECT supervision_signature.id, supervision_signature.supervision_id, supervision_signature.practitioner_id, supervision_signature.capacity, '
                                 'supervision_signature.instead_of, supervision_signature.said, supervision_signature.fingerprint, supervision_signature.signed_at, signer.login FROM '
                                 'supervision_signature JOIN practitioner AS signer ON signer.id = supervision_signature.practitioner_id JOIN supervision ON supervision.id = '
                                 "supervision_signature.supervision_id WHERE '*'::VARCHAR = %s::VARCHAR OR supervision.supervisor_id = %s::BIGINT OR supervision.practitioner_id = %s::BIGINT OR "
                                 '(EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN practitioner AS head ON head.id = practitioner_role.practitioner_id WHERE '
                                 'practitioner_role.practitioner_id = %s::BIGINT AND practitioner_role.from_on <= %s::DATE AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= '
                                 "%s::DATE) AND (supervision.kind = 'school'::VARCHAR AND (practitioner_role.role = 'headteacher'::VARCHAR OR practitioner_role.role = 'principal'::VARCHAR) AND "
                                 "coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision.team AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) != "
                                 "''::VARCHAR OR supervision.kind = 'social_care'::VARCHAR AND (practitioner_role.role = 'senior_officer'::VARCHAR OR practitioner_role.role = "
                                 "'service_manager'::VARCHAR) AND (coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision.team OR coalesce(nullif(practitioner_role.team, "
                                 "''::VARCHAR), head.team) = ''::VARCHAR)))) ORDER BY supervision_signature.supervision_id, supervision_signature.id",
                                 (('clears', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('today', 'day')),
                                 (('id', 'plain'),
                                  ('supervision_id', 'plain'),
                                  ('practitioner_id', 'plain'),
                                  ('capacity', 'plain'),
                                  ('instead_of', 'plain'),
                                  ('said', 'sealed_text'),
                                  ('fingerprint', 'plain'),
                                  ('signed_at', 'instant'),
                                  ('login', 'plain'))),
 'every_tombstone': ('SELECT tombstone.case_ref, tombstone.entries, tombstone.head, tombstone.destroyed_at FROM tombstone ORDER BY tombstone.case_ref',
                     (),
                     (('case_ref', 'plain'), ('entries', 'plain'), ('head', 'bytes'), ('destroyed_at', 'instant'))),
 'exclusions_of': ('SELECT access.case_id, pathway_case.person_id, access.because FROM access JOIN pathway_case ON pathway_case.id = access.case_id WHERE access.practitioner_id = %s::BIGINT AND '
                   "access.kind = 'excluded'::VARCHAR AND access.ended_at IS NULL ORDER BY access.id",
                   (('practitioner_id', 'plain'),),
                   (('case_id', 'plain'), ('person_id', 'plain'), ('because', 'plain'))),
 'feed_deadlines': ("SELECT pathway_case.reference, pathway_case.pathway, CASE WHEN (deadline.rule IN ('cp.report_icpc', 'cp.report_rcpc')) THEN pathway_case.facts END AS facts, deadline.key, "
                    'deadline.rule, deadline.due_on, deadline.due_at, deadline.status FROM deadline JOIN pathway_case ON pathway_case.id = deadline.case_id JOIN person ON person.id = '
                    "pathway_case.person_id WHERE deadline.closed_at IS NULL AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.team = %s::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.lead = "
                    "%s::VARCHAR) AND pathway_case.guarded IS false AND person.guarded IS false AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || "
                    "'|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT "
                    "AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                    'ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                    'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '
                    "'*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND "
                    'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH '
                    "TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND "
                    'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH '
                    "TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id "
                    "IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS "
                    'NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                    "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) "
                    'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP '
                    'WITH TIME ZONE)))) ORDER BY deadline.due_on, pathway_case.reference, deadline.rule',
                    (('team', 'plain'),
                     ('team', 'plain'),
                     ('lead', 'plain'),
                     ('lead', 'plain'),
                     ('circle', 'plain'),
                     ('circle', 'plain'),
                     ('circle', 'plain'),
                     ('called', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant')),
                    (('reference', 'plain'), ('pathway', 'plain'), ('facts', 'sealed_json'), ('key', 'plain'), ('rule', 'plain'), ('due_on', 'day'), ('due_at', 'instant'), ('status', 'plain'))),
 'feed_meetings': ('SELECT meeting.id, meeting.kind, meeting.booked_on, meeting.begins_at, meeting.starts_at, pathway_case.reference FROM meeting JOIN meeting_case ON meeting_case.meeting_id = '
                   'meeting.id JOIN pathway_case ON pathway_case.id = meeting_case.case_id JOIN person ON person.id = pathway_case.person_id WHERE meeting_case.left_at IS NULL AND meeting.booked_on '
                   ">= %s::DATE AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.team = %s::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.lead = %s::VARCHAR) AND pathway_case.guarded IS "
                   "false AND person.guarded IS false AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR "
                   "pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                   "access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                   'access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = '
                   "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                   "(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT "
                   "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                   'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT '
                   "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                   'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR '
                   "replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                   "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                   'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                   "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL "
                   'AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER BY '
                   'meeting.booked_on, meeting.id, pathway_case.reference',
                   (('since', 'day'),
                    ('team', 'plain'),
                    ('team', 'plain'),
                    ('lead', 'plain'),
                    ('lead', 'plain'),
                    ('circle', 'plain'),
                    ('circle', 'plain'),
                    ('circle', 'plain'),
                    ('called', 'plain'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant'),
                    ('clears', 'plain'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant'),
                    ('clears', 'plain'),
                    ('clears', 'plain'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant')),
                   (('id', 'plain'), ('kind', 'plain'), ('booked_on', 'day'), ('begins_at', 'instant'), ('starts_at', 'instant'), ('reference', 'plain'))),
 'fill_supervision': ("UPDATE supervision SET body=%s::VARCHAR, fingerprint=%s::VARCHAR WHERE supervision.id = %s::BIGINT AND supervision.fingerprint = ''::VARCHAR",
                      (('body', 'sealed_json'), ('fingerprint', 'plain'), ('supervision_id', 'plain')),
                      ()),
 'finish_check_run': ('UPDATE check_run SET finished_at=%s::TIMESTAMP WITH TIME ZONE, cases=%s::BIGINT, missed=%s::BIGINT, moved=%s::BIGINT, reminded=%s::BIGINT, parked=%s::BIGINT WHERE check_run.id '
                      '= %s::BIGINT',
                      (('finished_at', 'instant'), ('cases', 'plain'), ('missed', 'plain'), ('moved', 'plain'), ('reminded', 'plain'), ('parked', 'plain'), ('run_id', 'plain')),
                      ()),
 'finish_form': ('UPDATE form_draft SET answers=%s::VARCHAR, finished_at=%s::TIMESTAMP WITH TIME ZONE WHERE form_draft.practitioner_id = %s::BIGINT AND form_draft.finished_at IS NULL AND '
                 'form_draft.dropped_at IS NULL AND form_draft.id = (SELECT numbered.id FROM (SELECT counted.id AS id, row_number() OVER (ORDER BY counted.id) AS number FROM form_draft AS counted '
                 'WHERE counted.practitioner_id = %s::BIGINT) AS numbered WHERE numbered.number = %s::BIGINT)',
                 (('answers', 'json'), ('finished_at', 'instant'), ('viewer', 'plain'), ('viewer', 'plain'), ('form_id', 'plain')),
                 ()),
 'finish_import_run': ('UPDATE import_run SET finished_at=%s::TIMESTAMP WITH TIME ZONE, children=%s::BIGINT, cases=%s::BIGINT, unused=%s::BIGINT WHERE import_run.id = %s::BIGINT',
                       (('finished_at', 'instant'), ('children', 'plain'), ('cases', 'plain'), ('unused', 'plain'), ('run_id', 'plain')),
                       ()),
 'forget_setting': ('DELETE FROM setting WHERE setting.name = %s::VARCHAR', (('name', 'plain'),), ()),
 'forget_supervision_due': ('DELETE FROM supervision_due', (), ()),
 'form_begun': ('SELECT form_draft.id, form_draft.practitioner_id, form_draft.command, form_draft.target, form_draft.answers, form_draft.begun_at, form_draft.saved_at, form_draft.finished_at, '
                'form_draft.dropped_at, numbered.number FROM form_draft JOIN (SELECT counted.id AS id, row_number() OVER (ORDER BY counted.id) AS number FROM form_draft AS counted WHERE '
                'counted.practitioner_id = %s::BIGINT) AS numbered ON numbered.id = form_draft.id WHERE form_draft.practitioner_id = %s::BIGINT AND form_draft.finished_at IS NULL AND '
                "form_draft.dropped_at IS NULL AND (form_draft.target = ''::VARCHAR OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.reference = form_draft.target AND "
                "('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
                "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME '
                "ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > "
                "%s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                'ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                "ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || "
                "pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind "
                "= 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
                "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP "
                'WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))))))) AND numbered.number = %s::BIGINT',
                (('viewer', 'plain'),
                 ('viewer', 'plain'),
                 ('circle', 'plain'),
                 ('circle', 'plain'),
                 ('circle', 'plain'),
                 ('called', 'plain'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('clears', 'plain'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('clears', 'plain'),
                 ('clears', 'plain'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('form_id', 'plain')),
                (('id', 'plain'),
                 ('practitioner_id', 'plain'),
                 ('command', 'plain'),
                 ('target', 'plain'),
                 ('answers', 'json'),
                 ('begun_at', 'instant'),
                 ('saved_at', 'instant'),
                 ('finished_at', 'instant'),
                 ('dropped_at', 'instant'),
                 ('number', 'plain'))),
 'forms_begun': ('SELECT form_draft.id, form_draft.practitioner_id, form_draft.command, form_draft.target, form_draft.answers, form_draft.begun_at, form_draft.saved_at, form_draft.finished_at, '
                 'form_draft.dropped_at, numbered.number FROM form_draft JOIN (SELECT counted.id AS id, row_number() OVER (ORDER BY counted.id) AS number FROM form_draft AS counted WHERE '
                 'counted.practitioner_id = %s::BIGINT) AS numbered ON numbered.id = form_draft.id WHERE form_draft.practitioner_id = %s::BIGINT AND form_draft.finished_at IS NULL AND '
                 "form_draft.dropped_at IS NULL AND (form_draft.target = ''::VARCHAR OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.reference = form_draft.target AND "
                 "('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
                 "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                 'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME '
                 "ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                 "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > "
                 "%s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                 "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                 'ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                 "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                 "ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || "
                 "pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                 "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE "
                 'AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
                 "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP "
                 'WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))))))) ORDER BY form_draft.id',
                 (('viewer', 'plain'),
                  ('viewer', 'plain'),
                  ('circle', 'plain'),
                  ('circle', 'plain'),
                  ('circle', 'plain'),
                  ('called', 'plain'),
                  ('viewer', 'plain'),
                  ('viewed_at', 'instant'),
                  ('viewed_at', 'instant'),
                  ('viewer', 'plain'),
                  ('viewed_at', 'instant'),
                  ('viewed_at', 'instant'),
                  ('clears', 'plain'),
                  ('viewer', 'plain'),
                  ('viewed_at', 'instant'),
                  ('viewed_at', 'instant'),
                  ('viewer', 'plain'),
                  ('viewed_at', 'instant'),
                  ('viewed_at', 'instant'),
                  ('clears', 'plain'),
                  ('clears', 'plain'),
                  ('viewer', 'plain'),
                  ('viewed_at', 'instant'),
                  ('viewed_at', 'instant'),
                  ('viewer', 'plain'),
                  ('viewed_at', 'instant'),
                  ('viewed_at', 'instant')),
                 (('id', 'plain'),
                  ('practitioner_id', 'plain'),
                  ('command', 'plain'),
                  ('target', 'plain'),
                  ('answers', 'json'),
                  ('begun_at', 'instant'),
                  ('saved_at', 'instant'),
                  ('finished_at', 'instant'),
                  ('dropped_at', 'instant'),
                  ('number', 'plain'))),
 'gate_of_person': ('SELECT person.guarded, EXISTS (SELECT restriction.id FROM restriction WHERE restriction.person_id = person.id AND restriction.lifted_at IS NULL) AS by_hand FROM person WHERE '
                    'person.id = %s::BIGINT',
                    (('person_id', 'plain'),),
                    (('guarded', 'flag'), ('by_hand', 'flag'))),
 'give_up_notice': ('UPDATE notice SET last_fault=%s::VARCHAR, given_up_at=%s::TIMESTAMP WITH TIME ZONE WHERE notice.id = %s::BIGINT',
                    (('last_fault', 'plain'), ('now', 'instant'), ('notice_id', 'plain')),
                    ()),
 'grown_chains': ('SELECT chain.case_ref, chain.seq, chain.head, last_leaf.place, coalesce(last_leaf.entries, 0::INTEGER) AS covered, last_leaf.head AS covered_head FROM (SELECT '
                  'pathway_case.reference AS case_ref, pathway_case.seq AS seq, pathway_case.head AS head FROM pathway_case UNION ALL SELECT own.case_ref AS case_ref, ending.seq AS seq, ending.hash '
                  "AS hash FROM (SELECT '~'::VARCHAR || CAST(practitioner.id AS TEXT) AS case_ref FROM practitioner UNION ALL SELECT '~0'::VARCHAR AS case_ref) AS own JOIN LATERAL (SELECT trail.seq "
                  'AS seq, trail.hash AS hash FROM trail WHERE trail.case_ref = own.case_ref ORDER BY trail.seq DESC LIMIT 1::INTEGER) AS ending ON true UNION ALL SELECT destroyed.case_ref AS '
                  'case_ref, ending.seq AS seq, ending.hash AS hash FROM (SELECT tombstone.case_ref AS case_ref FROM tombstone WHERE NOT (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE '
                  'pathway_case.reference = tombstone.case_ref))) AS destroyed JOIN LATERAL (SELECT trail.seq AS seq, trail.hash AS hash FROM trail WHERE trail.case_ref = destroyed.case_ref ORDER BY '
                  'trail.seq DESC LIMIT 1::INTEGER) AS ending ON true) AS chain LEFT OUTER JOIN LATERAL (SELECT checkpoint_leaf.place AS place, checkpoint_leaf.entries AS entries, '
                  'checkpoint_leaf.head AS head FROM checkpoint_leaf WHERE checkpoint_leaf.case_ref = chain.case_ref ORDER BY checkpoint_leaf.checkpoint_id DESC LIMIT 1::INTEGER) AS last_leaf ON '
                  'true WHERE chain.seq > coalesce(last_leaf.entries, 0::INTEGER)',
                  (),
                  (('case_ref', 'plain'), ('seq', 'plain'), ('head', 'bytes'), ('place', 'plain'), ('covered', 'plain'), ('covered_head', 'bytes'))),
 'guard_case': ('UPDATE pathway_case SET restricted=%s, guarded=%s WHERE pathway_case.id = %s::BIGINT', (('restricted', 'flag'), ('guarded', 'flag'), ('case_id', 'plain')), ()),
 'guard_person': ('UPDATE person SET restricted=%s, guarded=%s WHERE person.id = %s::BIGINT', (('restricted', 'flag'), ('guarded', 'flag'), ('person_id', 'plain')), ()),
 'hidden_cases': ("SELECT pathway_case.reference FROM pathway_case WHERE CASE WHEN (('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, "
                  "''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind "
                  "= 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                  '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
                  "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                  "%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR "
                  "(pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND "
                  'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                  "(pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT "
                  'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                  "(pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT "
                  "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND "
                  'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                  "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) "
                  'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP '
                  'WITH TIME ZONE))))) THEN 0::INTEGER ELSE 1::INTEGER END = 1::INTEGER',
                  (('circle', 'plain'),
                   ('circle', 'plain'),
                   ('circle', 'plain'),
                   ('called', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('clears', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('clears', 'plain'),
                   ('clears', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant')),
                  (('reference', 'plain'),)),
 'holders_of_roles': ("SELECT practitioner.id, practitioner.login, practitioner.title, practitioner_role.role, practitioner_role.from_on, coalesce(nullif(practitioner_role.team, ''::VARCHAR), "
                      "practitioner.team) AS team FROM practitioner_role JOIN practitioner ON practitioner.id = practitioner_role.practitioner_id WHERE replace(%s::VARCHAR, ','::VARCHAR || "
                      "practitioner_role.role || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR AND practitioner_role.from_on <= %s::DATE AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on "
                      '>= %s::DATE) AND practitioner.from_on <= %s::DATE AND (practitioner.to_on IS NULL OR practitioner.to_on >= %s::DATE) ORDER BY practitioner.login, practitioner_role.id',
                      (('roles', 'plain'), ('roles', 'plain'), ('on', 'day'), ('on', 'day'), ('on', 'day'), ('on', 'day')),
                      (('id', 'plain'), ('login', 'plain'), ('title', 'plain'), ('role', 'plain'), ('from_on', 'day'), ('team', 'plain'))),
 'household_by_id': ('SELECT household.id, household.label, household.recorded_at FROM household WHERE household.id = %s::BIGINT',
                     (('household_id', 'plain'),),
                     (('id', 'plain'), ('label', 'plain'), ('recorded_at', 'instant'))),
 'households_of_person': ('SELECT household_member.id, household_member.household_id, household_member.person_id, household_member.part, household_member.from_on, household_member.to_on, '
                          'household_member.recorded_at, household.label FROM household_member JOIN household ON household.id = household_member.household_id WHERE household_member.person_id = '
                          '%s::BIGINT ORDER BY household_member.id',
                          (('person_id', 'plain'),),
                          (('id', 'plain'),
                           ('household_id', 'plain'),
                           ('person_id', 'plain'),
                           ('part', 'plain'),
                           ('from_on', 'day'),
                           ('to_on', 'day'),
                           ('recorded_at', 'instant'),
                           ('label', 'plain'))),
 'identifiers_of_person': ('SELECT person_identifier.id, person_identifier.person_id, person_identifier.scheme, person_identifier.value, person_identifier.from_on, person_identifier.to_on, '
                           'person_identifier.recorded_at FROM person_identifier WHERE person_identifier.person_id = %s::BIGINT ORDER BY person_identifier.id',
                           (('person_id', 'plain'),),
                           (('id', 'plain'), ('person_id', 'plain'), ('scheme', 'plain'), ('value', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant'))),
 'import_by_fingerprint': ('SELECT import_run.id, import_run.kind, import_run.fingerprint, import_run.reference_date, import_run.started_at, import_run.finished_at, import_run.children, '
                           'import_run.cases, import_run.unused FROM import_run WHERE import_run.fingerprint = %s::VARCHAR AND import_run.finished_at IS NOT NULL',
                           (('fingerprint', 'plain'),),
                           (('id', 'plain'),
                            ('kind', 'plain'),
                            ('fingerprint', 'plain'),
                            ('reference_date', 'day'),
                            ('started_at', 'instant'),
                            ('finished_at', 'instant'),
                            ('children', 'plain'),
                            ('cases', 'plain'),
                            ('unused', 'plain'))),
 'import_case': ('INSERT INTO pathway_case (id, reference, pathway, definition, person_id, episode_id, state, is_open, outcome, facts, version, seq, head, team, lead, restricted, guarded, basis, '
                 'opened_at, closed_at, changed_at) VALUES (%s::BIGINT, %s::VARCHAR COLLATE "C", %s::VARCHAR, %s::VARCHAR, %s::BIGINT, %s::BIGINT, %s::VARCHAR, %s, %s::VARCHAR, %s::VARCHAR, '
                 '%s::INTEGER, %s::INTEGER, %s, %s::VARCHAR, %s::VARCHAR, %s, %s, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE)',
                 (('id', 'plain'),
                  ('reference', 'plain'),
                  ('pathway', 'plain'),
                  ('definition', 'plain'),
                  ('person_id', 'plain'),
                  ('episode_id', 'plain'),
                  ('state', 'plain'),
                  ('is_open', 'flag'),
                  ('outcome', 'plain'),
                  ('facts', 'sealed_json'),
                  ('version', 'plain'),
                  ('seq', 'plain'),
                  ('head', 'bytes'),
                  ('team', 'plain'),
                  ('lead', 'plain'),
                  ('restricted', 'flag'),
                  ('guarded', 'flag'),
                  ('basis', 'plain'),
                  ('opened_at', 'instant'),
                  ('closed_at', 'instant'),
                  ('changed_at', 'instant')),
                 ()),
 'import_episode': ('INSERT INTO episode (id, person_id, opened_on, closed_on, closure_reason, referral_source, primary_need, basis, source_key, details, recorded_at) VALUES (%s::BIGINT, %s::BIGINT, '
                    '%s::DATE, %s::DATE, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE)',
                    (('id', 'plain'),
                     ('person_id', 'plain'),
                     ('opened_on', 'day'),
                     ('closed_on', 'day'),
                     ('closure_reason', 'plain'),
                     ('referral_source', 'plain'),
                     ('primary_need', 'plain'),
                     ('basis', 'plain'),
                     ('source_key', 'plain'),
                     ('details', 'json'),
                     ('recorded_at', 'instant')),
                    ()),
 'import_household': ('INSERT INTO household (id, label, recorded_at) VALUES (%s::BIGINT, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE)',
                      (('id', 'plain'), ('label', 'plain'), ('recorded_at', 'instant')),
                      ()),
 'import_meeting': ('INSERT INTO meeting (id, kind, booked_on, starts_at, place, chair, status, household, recorded_at, begins_at) VALUES (%s::BIGINT, %s::VARCHAR, %s::DATE, %s::TIMESTAMP WITH TIME '
                    'ZONE, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE, %s::TIMESTAMP WITH TIME ZONE)',
                    (('id', 'plain'),
                     ('kind', 'plain'),
                     ('booked_on', 'day'),
                     ('starts_at', 'instant'),
                     ('place', 'plain'),
                     ('chair', 'plain'),
                     ('status', 'plain'),
                     ('household', 'json'),
                     ('recorded_at', 'instant'),
                     ('begins_at', 'instant')),
                    ()),
 'import_person': ('INSERT INTO person (id, kind, birth_date, expected_delivery_date, died_on, sex, ethnicity, restricted, guarded, version, recorded_at) VALUES (%s::BIGINT, %s::VARCHAR, %s::DATE, '
                   '%s::DATE, %s::DATE, %s::VARCHAR, %s::VARCHAR, %s, %s, %s::INTEGER, %s::TIMESTAMP WITH TIME ZONE)',
                   (('id', 'plain'),
                    ('kind', 'plain'),
                    ('birth_date', 'day'),
                    ('expected_delivery_date', 'day'),
                    ('died_on', 'day'),
                    ('sex', 'plain'),
                    ('ethnicity', 'plain'),
                    ('restricted', 'flag'),
                    ('guarded', 'flag'),
                    ('version', 'plain'),
                    ('recorded_at', 'instant')),
                   ()),
 'import_runs': ('SELECT import_run.id, import_run.kind, import_run.fingerprint, import_run.reference_date, import_run.started_at, import_run.finished_at, import_run.children, import_run.cases, '
                 'import_run.unused FROM import_run WHERE import_run.finished_at IS NOT NULL ORDER BY import_run.id DESC LIMIT %s::BIGINT',
                 (('most', 'plain'),),
                 (('id', 'plain'),
                  ('kind', 'plain'),
                  ('fingerprint', 'plain'),
                  ('reference_date', 'day'),
                  ('started_at', 'instant'),
                  ('finished_at', 'instant'),
                  ('children', 'plain'),
                  ('cases', 'plain'),
                  ('unused', 'plain'))),
 'import_under_way': ('SELECT import_run.id, import_run.kind, import_run.fingerprint, import_run.reference_date, import_run.started_at, import_run.finished_at, import_run.children, import_run.cases, '
                      'import_run.unused FROM import_run WHERE import_run.fingerprint = %s::VARCHAR AND import_run.finished_at IS NULL ORDER BY import_run.id DESC',
                      (('fingerprint', 'plain'),),
                      (('id', 'plain'),
                       ('kind', 'plain'),
                       ('fingerprint', 'plain'),
                       ('reference_date', 'day'),
                       ('started_at', 'instant'),
                       ('finished_at', 'instant'),
                       ('children', 'plain'),
                       ('cases', 'plain'),
                       ('unused', 'plain'))),
 'kept_of_person': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                    'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                    'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                    'person.expected_delivery_date, person.died_on, person.kind AS person_kind FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE NOT (EXISTS (SELECT '
                    "tombstone.case_ref FROM tombstone WHERE tombstone.case_ref = pathway_case.reference)) AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team "
                    "|| '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = "
                    "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                    '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access '
                    "WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL "
                    'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '
                    "'*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND "
                    'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH '
                    "TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND "
                    'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH '
                    "TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id "
                    "IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS "
                    'NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                    "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) "
                    'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP '
                    'WITH TIME ZONE)))) AND pathway_case.person_id IN (SELECT %s::BIGINT AS person_id UNION ALL SELECT person_link.person_id FROM person_link WHERE person_link.other_id = %s::BIGINT '
                    'AND person_link.ended_at IS NULL UNION ALL SELECT person_link.other_id FROM person_link WHERE person_link.person_id = %s::BIGINT AND person_link.ended_at IS NULL UNION ALL '
                    'SELECT fellow.other_id FROM person_link AS fellow JOIN person_link ON person_link.person_id = fellow.person_id WHERE person_link.other_id = %s::BIGINT AND person_link.ended_at '
                    'IS NULL AND fellow.ended_at IS NULL) ORDER BY pathway_case.reference',
                    (('circle', 'plain'),
                     ('circle', 'plain'),
                     ('circle', 'plain'),
                     ('called', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('person_id', 'plain'),
                     ('person_id', 'plain'),
                     ('person_id', 'plain'),
                     ('person_id', 'plain')),
                    (('id', 'plain'),
                     ('reference', 'plain'),
                     ('pathway', 'plain'),
                     ('definition', 'plain'),
                     ('person_id', 'plain'),
                     ('episode_id', 'plain'),
                     ('state', 'plain'),
                     ('is_open', 'flag'),
                     ('outcome', 'plain'),
                     ('facts', 'sealed_json'),
                     ('version', 'plain'),
                     ('seq', 'plain'),
                     ('head', 'bytes'),
                     ('team', 'plain'),
                     ('lead', 'plain'),
                     ('restricted', 'flag'),
                     ('guarded', 'flag'),
                     ('basis', 'plain'),
                     ('opened_at', 'instant'),
                     ('closed_at', 'instant'),
                     ('changed_at', 'instant'),
                     ('birth_date', 'day'),
                     ('expected_delivery_date', 'day'),
                     ('died_on', 'day'),
                     ('person_kind', 'plain'))),
 'kept_records': ('SELECT person_link.other_id, person_link.person_id FROM person_link JOIN person ON person.id = person_link.person_id WHERE person_link.other_id IN (SELECT CAST(anon_1.value AS '
                  "BIGINT) AS value FROM json_array_elements_text(CAST(%s::VARCHAR AS JSON)) AS anon_1(value)) AND person_link.ended_at IS NULL AND ('*'::VARCHAR = %s::VARCHAR OR '*'::VARCHAR = "
                  "%s::VARCHAR AND (person.guarded IS false OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR "
                  'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP '
                  'WITH TIME ZONE))) AND person.restricted IS false) OR (person.guarded IS false OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT '
                  "AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL "
                  'OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND (person.id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = '
                  "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                  '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.person_id = person.id AND '
                  "('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
                  "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                  'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME '
                  "ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                  "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > "
                  "%s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                  "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                  'ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                  "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                  "TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || "
                  "pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                  "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE "
                  'AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
                  "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                  '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))))))) ORDER BY person_link.id',
                  (('people', 'plain'),
                   ('clears', 'plain'),
                   ('circle', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('circle', 'plain'),
                   ('circle', 'plain'),
                   ('circle', 'plain'),
                   ('called', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('clears', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('clears', 'plain'),
                   ('clears', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant')),
                  (('other_id', 'plain'), ('person_id', 'plain'))),
 'known_by_identifier': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, person.died_on, person.sex, person.ethnicity, person.restricted, person.guarded, '
                         'person.version, person.recorded_at, person.was, person_identifier.value FROM person JOIN person_identifier ON person_identifier.person_id = person.id WHERE '
                         "person_identifier.scheme IN (%s::VARCHAR, %s::VARCHAR || '_again'::VARCHAR) AND person_identifier.value = %s::VARCHAR AND ('*'::VARCHAR = %s::VARCHAR OR '*'::VARCHAR = "
                         '%s::VARCHAR AND (person.guarded IS false OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = '
                         "'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                         'access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND person.restricted IS false) OR (person.guarded IS false OR (person.id NOT IN (SELECT access.person_id FROM access '
                         "WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                         '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND (person.id IN (SELECT access.person_id FROM access WHERE '
                         "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL "
                         'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR (EXISTS (SELECT pathway_case.id FROM '
                         "pathway_case WHERE pathway_case.person_id = person.id AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, "
                         "''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                         "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                         'TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                         "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL "
                         'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '
                         "'*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND "
                         'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP '
                         "WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR "
                         'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > '
                         "%s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != "
                         "%s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                         "'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                         'access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND '
                         "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                         'TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))))))) ORDER BY person.id',
                         (('scheme', 'plain'),
                          ('scheme', 'plain'),
                          ('value', 'plain'),
                          ('clears', 'plain'),
                          ('circle', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('circle', 'plain'),
                          ('circle', 'plain'),
                          ('circle', 'plain'),
                          ('called', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('clears', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('clears', 'plain'),
                          ('clears', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant')),
                         (('id', 'plain'),
                          ('kind', 'plain'),
                          ('birth_date', 'day'),
                          ('expected_delivery_date', 'day'),
                          ('died_on', 'day'),
                          ('sex', 'plain'),
                          ('ethnicity', 'plain'),
                          ('restricted', 'flag'),
                          ('guarded', 'flag'),
                          ('version', 'plain'),
                          ('recorded_at', 'instant'),
                          ('was', 'plain'),
                          ('value', 'plain'))),
 'known_by_identifiers': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, person.died_on, person.sex, person.ethnicity, person.restricted, person.guarded, '
                          'person.version, person.recorded_at, person.was, person_identifier.value FROM person JOIN person_identifier ON person_identifier.person_id = person.id WHERE '
                          "person_identifier.scheme IN (%s::VARCHAR, %s::VARCHAR || '_again'::VARCHAR) AND person_identifier.value IN (SELECT anon_1.value FROM "
                          "json_array_elements_text(CAST(%s::VARCHAR AS JSON)) AS anon_1(value)) AND ('*'::VARCHAR = %s::VARCHAR OR '*'::VARCHAR = %s::VARCHAR AND (person.guarded IS false OR "
                          "(person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND "
                          'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                          'person.restricted IS false) OR (person.guarded IS false OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind '
                          "= 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                          'access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND (person.id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = '
                          "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                          '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.person_id = person.id '
                          "AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR "
                          "OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) "
                          'AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > '
                          '%s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = '
                          "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                          "(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN "
                          "(SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS "
                          'NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT '
                          "IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND "
                          'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                          "(pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT "
                          "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT "
                          'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                          "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                          "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                          'access.until_at > %s::TIMESTAMP WITH TIME ZONE)))))))) ORDER BY person.id',
                          (('scheme', 'plain'),
                           ('scheme', 'plain'),
                           ('numbers', 'plain'),
                           ('clears', 'plain'),
                           ('circle', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('circle', 'plain'),
                           ('circle', 'plain'),
                           ('circle', 'plain'),
                           ('called', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('clears', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('clears', 'plain'),
                           ('clears', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant')),
                          (('id', 'plain'),
                           ('kind', 'plain'),
                           ('birth_date', 'day'),
                           ('expected_delivery_date', 'day'),
                           ('died_on', 'day'),
                           ('sex', 'plain'),
                           ('ethnicity', 'plain'),
                           ('restricted', 'flag'),
                           ('guarded', 'flag'),
                           ('version', 'plain'),
                           ('recorded_at', 'instant'),
                           ('was', 'plain'),
                           ('value', 'plain'))),
 'last_checkpoint': ('SELECT checkpoint.id, checkpoint.at, checkpoint.chains, checkpoint.entries, checkpoint.root, checkpoint.text, checkpoint.signature, checkpoint.signed_by, checkpoint.outbox_id, '
                     'checkpoint.follows FROM checkpoint ORDER BY checkpoint.id DESC LIMIT 1::INTEGER',
                     (),
                     (('id', 'plain'),
                      ('at', 'instant'),
                      ('chains', 'plain'),
                      ('entries', 'plain'),
                      ('root', 'bytes'),
                      ('text', 'plain'),
                      ('signature', 'bytes'),
                      ('signed_by', 'plain'),
                      ('outbox_id', 'plain'),
                      ('follows', 'plain'))),
 'last_document': ('SELECT coalesce(max(document.number), 0::INTEGER) AS number FROM document WHERE document.case_id = %s::BIGINT', (('case_id', 'plain'),), (('number', 'plain'),)),
 'last_entry': ('SELECT trail.case_ref, trail.seq, trail.at, trail.effective_at, trail.actor, trail.role, trail.action, trail.from_state, trail.to_state, trail.rule, trail.basis, trail.voids, '
                'trail.key, trail.commitment, trail.prev, trail.hash, trail.format FROM trail WHERE trail.case_ref = %s::VARCHAR ORDER BY trail.seq DESC LIMIT 1::INTEGER',
                (('reference', 'plain'),),
                (('case_ref', 'plain'),
                 ('seq', 'plain'),
                 ('at', 'instant'),
                 ('effective_at', 'instant'),
                 ('actor', 'plain'),
                 ('role', 'plain'),
                 ('action', 'plain'),
                 ('from_state', 'plain'),
                 ('to_state', 'plain'),
                 ('rule', 'plain'),
                 ('basis', 'plain'),
                 ('voids', 'plain'),
                 ('key', 'plain'),
                 ('commitment', 'bytes'),
                 ('prev', 'bytes'),
                 ('hash', 'bytes'),
                 ('format', 'plain'))),
 'last_message': ('SELECT coalesce(max(outbox.id), 0::INTEGER) AS id FROM outbox', (), (('id', 'plain'),)),
 'last_message_before': ('SELECT coalesce(max(outbox.id), %s::BIGINT) AS id FROM outbox WHERE outbox.id > %s::BIGINT AND outbox.recorded_at < %s::TIMESTAMP WITH TIME ZONE',
                         (('after', 'plain'), ('after', 'plain'), ('before', 'instant')),
                         (('id', 'plain'),)),
 'last_moment': ('SELECT trail.at FROM trail ORDER BY trail.at DESC LIMIT 1::INTEGER', (), (('at', 'instant'),)),
 'last_page': ('SELECT (SELECT coalesce(max(record.page), 0::INTEGER) AS coalesce_1 FROM record WHERE record.case_id = %s::BIGINT) AS page', (('case_id', 'plain'),), (('page', 'plain'),)),
 'last_proposal': ('SELECT proposal.id, proposal.kind, proposal.target, proposal.details, proposal.because, proposal.asked_by, proposal.asked_at, proposal.verdict, proposal.decided_by, '
                   'proposal.decided_at, proposal.decided_because FROM proposal WHERE proposal.target = %s::VARCHAR AND proposal.kind = %s::VARCHAR ORDER BY proposal.id DESC LIMIT 1::INTEGER',
                   (('target', 'plain'), ('kind', 'plain')),
                   (('id', 'plain'),
                    ('kind', 'plain'),
                    ('target', 'plain'),
                    ('details', 'json'),
                    ('because', 'plain'),
                    ('asked_by', 'plain'),
                    ('asked_at', 'instant'),
                    ('verdict', 'plain'),
                    ('decided_by', 'plain'),
                    ('decided_at', 'instant'),
                    ('decided_because', 'plain'))),
 'last_supervisors': ("SELECT supervision.practitioner_id, supervision.supervisor_id, supervision.held_on FROM supervision WHERE ('*'::VARCHAR = %s::VARCHAR OR supervision.supervisor_id = %s::BIGINT "
                      'OR supervision.practitioner_id = %s::BIGINT OR (EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN practitioner AS head ON head.id = '
                      'practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = %s::BIGINT AND practitioner_role.from_on <= %s::DATE AND (practitioner_role.to_on IS NULL OR '
                      "practitioner_role.to_on >= %s::DATE) AND (supervision.kind = 'school'::VARCHAR AND (practitioner_role.role = 'headteacher'::VARCHAR OR practitioner_role.role = "
                      "'principal'::VARCHAR) AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision.team AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), "
                      "head.team) != ''::VARCHAR OR supervision.kind = 'social_care'::VARCHAR AND (practitioner_role.role = 'senior_officer'::VARCHAR OR practitioner_role.role = "
                      "'service_manager'::VARCHAR) AND (coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision.team OR coalesce(nullif(practitioner_role.team, ''::VARCHAR), "
                      "head.team) = ''::VARCHAR))))) AND supervision.form = %s::VARCHAR AND supervision.held_on = (SELECT max(later.held_on) AS max_1 FROM supervision AS later WHERE "
                      'later.practitioner_id = supervision.practitioner_id AND later.form = %s::VARCHAR AND later.held_on <= %s::DATE) ORDER BY supervision.id',
                      (('clears', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('today', 'day'), ('form', 'plain'), ('form', 'plain'), ('today', 'day')),
                      (('practitioner_id', 'plain'), ('supervisor_id', 'plain'), ('held_on', 'day'))),
 'last_team_meetings': ('SELECT team_meeting.team, max(team_meeting.held_on) AS held_on FROM team_meeting WHERE team_meeting.held_on <= %s::DATE GROUP BY team_meeting.team ORDER BY team_meeting.team',
                        (('today', 'day'),),
                        (('team', 'plain'), ('held_on', 'day'))),
 'last_trainings': ('SELECT training.practitioner_id, max(training.completed_on) AS completed_on FROM training WHERE training.completed_on <= %s::DATE GROUP BY training.practitioner_id',
                    (('on', 'day'),),
                    (('practitioner_id', 'plain'), ('completed_on', 'day'))),
 'last_whole_copy_run': ('SELECT copy_run.started_at FROM copy_run WHERE copy_run.kind = %s::VARCHAR AND copy_run.whole ORDER BY copy_run.id DESC LIMIT 1::INTEGER',
                         (('kind', 'plain'),),
                         (('started_at', 'instant'),)),
 'late_by_day': ('SELECT daily_count.day, sum(daily_count.late) AS late FROM daily_count WHERE daily_count.day >= %s::DATE GROUP BY daily_count.day ORDER BY daily_count.day',
                 (('since', 'day'),),
                 (('day', 'day'), ('late', 'plain'))),
 'late_work': ("SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.team, pathway_case.lead, CASE WHEN (deadline.rule IN ('cp.report_icpc', 'cp.report_rcpc')) THEN "
               'pathway_case.facts END AS facts, deadline.rule, deadline.due_on, deadline.due_at, deadline.plan_by, deadline.status, deadline.statutory FROM deadline JOIN pathway_case ON '
               "pathway_case.id = deadline.case_id WHERE deadline.closed_at IS NULL AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, "
               "''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = "
               "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
               '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
               "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP "
               "WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id "
               "NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL "
               'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT '
               "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
               'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR '
               "replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
               "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
               'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id '
               "FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS "
               "NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND (deadline.status = 'open'::VARCHAR OR "
               "deadline.status = 'missed'::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.team = %s::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
               "pathway_case.lead = %s::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.pathway = %s::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.state = %s::VARCHAR) AND "
               "deadline.due_at < %s::TIMESTAMP WITH TIME ZONE AND (deadline.rule NOT IN ('cme.ground_20', 'cme.ground_leave', 'cme.sao_notice', 'cme.school_age', 'cp.age_18', 'lado.refer_local', "
               "'lado.target_1m')) ORDER BY deadline.due_at ASC, pathway_case.reference, deadline.rule LIMIT %s::BIGINT",
               (('circle', 'plain'),
                ('circle', 'plain'),
                ('circle', 'plain'),
                ('called', 'plain'),
                ('viewer', 'plain'),
                ('viewed_at', 'instant'),
                ('viewed_at', 'instant'),
                ('viewer', 'plain'),
                ('viewed_at', 'instant'),
                ('viewed_at', 'instant'),
                ('clears', 'plain'),
                ('viewer', 'plain'),
                ('viewed_at', 'instant'),
                ('viewed_at', 'instant'),
                ('viewer', 'plain'),
                ('viewed_at', 'instant'),
                ('viewed_at', 'instant'),
                ('clears', 'plain'),
                ('clears', 'plain'),
                ('viewer', 'plain'),
                ('viewed_at', 'instant'),
                ('viewed_at', 'instant'),
                ('viewer', 'plain'),
                ('viewed_at', 'instant'),
                ('viewed_at', 'instant'),
                ('team', 'plain'),
                ('team', 'plain'),
                ('lead', 'plain'),
                ('lead', 'plain'),
                ('title', 'plain'),
                ('pathway', 'plain'),
                ('pathway', 'plain'),
                ('state', 'plain'),
                ('state', 'plain'),
                ('now', 'instant'),
                ('most', 'plain')),
               (('reference', 'plain'),
                ('pathway', 'plain'),
                ('state', 'plain'),
                ('team', 'plain'),
                ('lead', 'plain'),
                ('facts', 'sealed_json'),
                ('rule', 'plain'),
                ('due_on', 'day'),
                ('due_at', 'instant'),
                ('plan_by', 'day'),
                ('status', 'plain'),
                ('statutory', 'flag'))),
 'leave_meeting': ('UPDATE meeting_case SET left_at=%s::TIMESTAMP WITH TIME ZONE WHERE meeting_case.meeting_id = %s::BIGINT AND meeting_case.case_id = %s::BIGINT',
                   (('left_at', 'instant'), ('meeting_id', 'plain'), ('case_id', 'plain')),
                   ()),
 'lift_restriction': ('UPDATE restriction SET lifted_at=%s::TIMESTAMP WITH TIME ZONE, lifted_by=%s::VARCHAR, lifted_second=%s::VARCHAR WHERE restriction.id = %s::BIGINT',
                      (('lifted_at', 'instant'), ('lifted_by', 'plain'), ('lifted_second', 'plain'), ('restriction_id', 'plain')),
                      ()),
 'links_of_person': ('SELECT person_link.id, person_link.person_id, person_link.other_id, person_link.because, person_link.by_login, person_link.from_at, person_link.ended_at, person_link.ended_by, '
                     'person_link.ended_because FROM person_link JOIN person ON person.id = CASE WHEN (person_link.person_id = %s::BIGINT) THEN person_link.other_id ELSE person_link.person_id END '
                     'WHERE person_link.id IN (SELECT one_side.id FROM person_link AS one_side WHERE one_side.person_id = %s::BIGINT AND one_side.ended_at IS NULL UNION ALL SELECT one_side.id FROM '
                     "person_link AS one_side WHERE one_side.other_id = %s::BIGINT AND one_side.ended_at IS NULL) AND ('*'::VARCHAR = %s::VARCHAR OR '*'::VARCHAR = %s::VARCHAR AND (person.guarded IS "
                     "false OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL "
                     'AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                     'person.restricted IS false) OR (person.guarded IS false OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = '
                     "'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                     'access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND (person.id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = '
                     "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                     '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.person_id = person.id AND '
                     "('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
                     "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                     'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH '
                     "TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                     "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                     "access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access "
                     "WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP "
                     'WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                     "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                     "TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || "
                     "pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                     "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                     'ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                     "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                     'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))))))) ORDER BY person_link.id',
                     (('person_id', 'plain'),
                      ('person_id', 'plain'),
                      ('person_id', 'plain'),
                      ('clears', 'plain'),
                      ('circle', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('circle', 'plain'),
                      ('circle', 'plain'),
                      ('circle', 'plain'),
                      ('called', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('clears', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('clears', 'plain'),
                      ('clears', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant')),
                     (('id', 'plain'),
                      ('person_id', 'plain'),
                      ('other_id', 'plain'),
                      ('because', 'plain'),
                      ('by_login', 'plain'),
                      ('from_at', 'instant'),
                      ('ended_at', 'instant'),
                      ('ended_by', 'plain'),
                      ('ended_because', 'plain'))),
 'listed_cases': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.is_open, pathway_case.outcome, pathway_case.team, coalesce(person_link.person_id, '
                  'pathway_case.person_id) AS child, pathway_case.opened_at, pathway_case.closed_at, EXISTS (SELECT file_mark.id FROM file_mark WHERE (file_mark.case_id = pathway_case.id OR '
                  'file_mark.person_id = pathway_case.person_id) AND file_mark.kind = %s::VARCHAR AND file_mark.ended_at IS NULL) AS marked FROM pathway_case LEFT OUTER JOIN person_link ON '
                  "person_link.other_id = pathway_case.person_id AND person_link.ended_at IS NULL WHERE replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != "
                  "%s::VARCHAR AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = "
                  "%s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                  "'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > "
                  "%s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                  "access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                  "access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access "
                  "WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                  'TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                  "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                  "TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || "
                  "pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                  "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE "
                  'AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
                  "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                  "%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.team = %s::VARCHAR) "
                  'ORDER BY pathway_case.reference',
                  (('mark', 'plain'),
                   ('pathways', 'plain'),
                   ('pathways', 'plain'),
                   ('circle', 'plain'),
                   ('circle', 'plain'),
                   ('circle', 'plain'),
                   ('called', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('clears', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('clears', 'plain'),
                   ('clears', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('team', 'plain'),
                   ('team', 'plain')),
                  (('reference', 'plain'),
                   ('pathway', 'plain'),
                   ('state', 'plain'),
                   ('is_open', 'flag'),
                   ('outcome', 'plain'),
                   ('team', 'plain'),
                   ('child', 'plain'),
                   ('opened_at', 'instant'),
                   ('closed_at', 'instant'),
                   ('marked', 'flag'))),
 'mark_document_sent': ('UPDATE document SET sent_at=%s::TIMESTAMP WITH TIME ZONE, sent_how=%s::VARCHAR, sent_by=%s::VARCHAR, sent_seq=%s::BIGINT WHERE document.case_id = %s::BIGINT AND '
                        'document.number = %s::BIGINT AND document.sent_at IS NULL',
                        (('sent_at', 'instant'), ('sent_how', 'plain'), ('sent_by', 'plain'), ('sent_seq', 'plain'), ('case_id', 'plain'), ('number', 'plain')),
                        ()),
 'mark_message_done': ('UPDATE outbox SET done_at=%s::TIMESTAMP WITH TIME ZONE WHERE outbox.id = %s::BIGINT AND outbox.done_at IS NULL', (('done_at', 'instant'), ('message_id', 'plain')), ()),
 'mark_message_sent': ('UPDATE outbox SET event_id=%s::VARCHAR, sent_at=%s::TIMESTAMP WITH TIME ZONE WHERE outbox.id = %s::BIGINT AND outbox.done_at IS NULL',
                       (('event_id', 'plain'), ('sent_at', 'instant'), ('message_id', 'plain')),
                       ()),
 'marks_of': ('SELECT file_mark.id, file_mark.case_id, file_mark.person_id, file_mark.kind, file_mark.pension_on, file_mark.page, file_mark.by_login, file_mark.from_at, file_mark.ended_at, '
              'file_mark.ended_by FROM file_mark WHERE file_mark.case_id = %s::BIGINT OR file_mark.person_id IN (SELECT %s::BIGINT AS person_id UNION ALL SELECT person_link.person_id FROM '
              'person_link WHERE person_link.other_id = %s::BIGINT AND person_link.ended_at IS NULL UNION ALL SELECT person_link.other_id FROM person_link WHERE person_link.person_id = %s::BIGINT '
              'AND person_link.ended_at IS NULL UNION ALL SELECT fellow.other_id FROM person_link AS fellow JOIN person_link ON person_link.person_id = fellow.person_id WHERE person_link.other_id = '
              '%s::BIGINT AND person_link.ended_at IS NULL AND fellow.ended_at IS NULL) ORDER BY file_mark.id',
              (('case_id', 'plain'), ('person_id', 'plain'), ('person_id', 'plain'), ('person_id', 'plain'), ('person_id', 'plain')),
              (('id', 'plain'),
               ('case_id', 'plain'),
               ('person_id', 'plain'),
               ('kind', 'plain'),
               ('pension_on', 'day'),
               ('page', 'plain'),
               ('by_login', 'plain'),
               ('from_at', 'instant'),
               ('ended_at', 'instant'),
               ('ended_by', 'plain'))),
 'marks_on_discussed': ('SELECT file_mark.kind, file_mark.from_at, file_mark.ended_at FROM file_mark JOIN pathway_case ON pathway_case.id = file_mark.case_id OR pathway_case.person_id = '
                        "file_mark.person_id JOIN supervision_case ON supervision_case.case_id = pathway_case.id WHERE supervision_case.supervision_id = %s::BIGINT AND ('*'::VARCHAR = %s::VARCHAR OR "
                        "replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT "
                        "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL "
                        'AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                        "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                        "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                        "access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM "
                        "access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                        '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id '
                        "FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                        '<= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR '
                        "replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                        "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                        'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                        "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT "
                        'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))))',
                        (('supervision_id', 'plain'),
                         ('circle', 'plain'),
                         ('circle', 'plain'),
                         ('circle', 'plain'),
                         ('called', 'plain'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('clears', 'plain'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('clears', 'plain'),
                         ('clears', 'plain'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant')),
                        (('kind', 'plain'), ('from_at', 'instant'), ('ended_at', 'instant'))),
 'meetings_between': ("SELECT count(*) AS meetings FROM meeting WHERE meeting.status = 'booked'::VARCHAR AND meeting.booked_on >= %s::DATE AND meeting.booked_on <= %s::DATE AND (EXISTS (SELECT "
                      'pathway_case.id FROM pathway_case JOIN meeting_case ON meeting_case.case_id = pathway_case.id WHERE meeting_case.meeting_id = meeting.id AND pathway_case.guarded IS false AND '
                      'meeting_case.left_at IS NULL))',
                      (('first', 'day'), ('last', 'day')),
                      (('meetings', 'plain'),)),
 'meetings_of_case': ('SELECT meeting.id, meeting.kind, meeting.booked_on, meeting.starts_at, meeting.place, meeting.chair, meeting.status, meeting.household, meeting.recorded_at, meeting.begins_at, '
                      'meeting_case.joined_at, meeting_case.left_at FROM meeting JOIN meeting_case ON meeting_case.meeting_id = meeting.id JOIN pathway_case ON pathway_case.id = meeting_case.case_id '
                      "WHERE meeting_case.case_id = %s::BIGINT AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR "
                      "OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                      "access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                      'access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = '
                      "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                      "(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN "
                      "(SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL "
                      'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT '
                      "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                      'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR '
                      "replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                      "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                      'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                      "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT "
                      'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER BY '
                      'meeting.id DESC',
                      (('case_id', 'plain'),
                       ('circle', 'plain'),
                       ('circle', 'plain'),
                       ('circle', 'plain'),
                       ('called', 'plain'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('clears', 'plain'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('clears', 'plain'),
                       ('clears', 'plain'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant')),
                      (('id', 'plain'),
                       ('kind', 'plain'),
                       ('booked_on', 'day'),
                       ('starts_at', 'instant'),
                       ('place', 'plain'),
                       ('chair', 'plain'),
                       ('status', 'plain'),
                       ('household', 'json'),
                       ('recorded_at', 'instant'),
                       ('begins_at', 'instant'),
                       ('joined_at', 'instant'),
                       ('left_at', 'instant'))),
 'meetings_on_day': ('SELECT meeting.id, meeting.place, meeting.chair, meeting.begins_at, pathway_case.reference FROM meeting JOIN meeting_case ON meeting_case.meeting_id = meeting.id JOIN '
                     "pathway_case ON pathway_case.id = meeting_case.case_id WHERE meeting.booked_on = %s::DATE AND meeting.status = 'booked'::VARCHAR AND ('*'::VARCHAR = %s::VARCHAR OR "
                     "replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT "
                     "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND "
                     'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                     "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                     "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                     "access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access "
                     "WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP "
                     'WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                     "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                     "TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || "
                     "pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                     "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                     'ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                     "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                     'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND meeting_case.left_at IS NULL ORDER BY '
                     'pathway_case.reference',
                     (('on', 'day'),
                      ('circle', 'plain'),
                      ('circle', 'plain'),
                      ('circle', 'plain'),
                      ('called', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('clears', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('clears', 'plain'),
                      ('clears', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant')),
                     (('id', 'plain'), ('place', 'plain'), ('chair', 'plain'), ('begins_at', 'instant'), ('reference', 'plain'))),
 'members_of_household': ('SELECT household_member.id, household_member.household_id, household_member.person_id, household_member.part, household_member.from_on, household_member.to_on, '
                          'household_member.recorded_at, person.kind AS person_kind, person.birth_date, person.expected_delivery_date, person.died_on, usual_name.given, usual_name.family FROM '
                          'household_member JOIN person ON person.id = household_member.person_id LEFT OUTER JOIN (SELECT person_name.person_id AS person_id, person_name.given AS given, '
                          "person_name.family AS family FROM person_name WHERE person_name.to_on IS NULL AND person_name.kind = 'usual'::VARCHAR) AS usual_name ON usual_name.person_id = person.id "
                          "WHERE household_member.household_id = %s::BIGINT AND ('*'::VARCHAR = %s::VARCHAR OR '*'::VARCHAR = %s::VARCHAR AND (person.guarded IS false OR (person.id NOT IN (SELECT "
                          "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL "
                          'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND person.restricted IS false) OR '
                          "(person.guarded IS false OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND "
                          'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP '
                          "WITH TIME ZONE)))) AND (person.id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                          "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                          "access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.person_id = person.id AND ('*'::VARCHAR = "
                          "%s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN "
                          "(SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS "
                          'NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                          "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                          "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                          "access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM "
                          "access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                          '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id '
                          "FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                          '<= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR '
                          "replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                          "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                          'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                          "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT "
                          'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))))))) '
                          'ORDER BY household_member.id',
                          (('household_id', 'plain'),
                           ('clears', 'plain'),
                           ('circle', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('circle', 'plain'),
                           ('circle', 'plain'),
                           ('circle', 'plain'),
                           ('called', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('clears', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('clears', 'plain'),
                           ('clears', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant')),
                          (('id', 'plain'),
                           ('household_id', 'plain'),
                           ('person_id', 'plain'),
                           ('part', 'plain'),
                           ('from_on', 'day'),
                           ('to_on', 'day'),
                           ('recorded_at', 'instant'),
                           ('person_kind', 'plain'),
                           ('birth_date', 'day'),
                           ('expected_delivery_date', 'day'),
                           ('died_on', 'day'),
                           ('given', 'plain'),
                           ('family', 'plain'))),
 'messages_to_agencies': ('SELECT outbox.id, outbox.key, outbox.event, outbox.case_ref, outbox.due_on, outbox.recorded_at, pathway_case.facts, pathway_case.team, pathway_case.lead FROM outbox JOIN '
                          'pathway_case ON pathway_case.reference = outbox.case_ref WHERE outbox.id > %s::BIGINT AND pathway_case.is_open AND pathway_case.guarded IS false AND (outbox.event = '
                          "'pathways.report.chased'::VARCHAR OR outbox.event = 'pathways.reports.missing'::VARCHAR) ORDER BY outbox.id LIMIT %s::BIGINT",
                          (('after', 'plain'), ('most', 'plain')),
                          (('id', 'plain'),
                           ('key', 'plain'),
                           ('event', 'plain'),
                           ('case_ref', 'plain'),
                           ('due_on', 'day'),
                           ('recorded_at', 'instant'),
                           ('facts', 'sealed_json'),
                           ('team', 'plain'),
                           ('lead', 'plain'))),
 'messages_to_people': ('SELECT outbox.id, outbox.event, outbox.case_ref, outbox.rule, outbox.to_roles, outbox.recorded_at, pathway_case.team, pathway_case.lead, pathway_case.guarded, '
                        "pathway_case.restricted FROM outbox JOIN pathway_case ON pathway_case.reference = outbox.case_ref WHERE outbox.id > %s::BIGINT AND outbox.to_roles != ''::VARCHAR AND "
                        "replace(%s::VARCHAR, ','::VARCHAR || outbox.event || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR ORDER BY outbox.id LIMIT %s::BIGINT",
                        (('after', 'plain'), ('wanted', 'plain'), ('wanted', 'plain'), ('most', 'plain')),
                        (('id', 'plain'),
                         ('event', 'plain'),
                         ('case_ref', 'plain'),
                         ('rule', 'plain'),
                         ('to_roles', 'plain'),
                         ('recorded_at', 'instant'),
                         ('team', 'plain'),
                         ('lead', 'plain'),
                         ('guarded', 'flag'),
                         ('restricted', 'flag'))),
 'messages_to_relay': ('SELECT outbox.id, outbox.key, outbox.event, outbox.case_ref, outbox.pathway, outbox.team, outbox.rule, outbox.due_on, outbox.to_roles, outbox.effective_at, '
                       'outbox.recorded_at, outbox.event_id, outbox.sent_at, outbox.done_at FROM outbox WHERE outbox.done_at IS NULL AND outbox.id > %s::BIGINT ORDER BY outbox.id LIMIT %s::BIGINT',
                       (('after', 'plain'), ('most', 'plain')),
                       (('id', 'plain'),
                        ('key', 'plain'),
                        ('event', 'plain'),
                        ('case_ref', 'plain'),
                        ('pathway', 'plain'),
                        ('team', 'plain'),
                        ('rule', 'plain'),
                        ('due_on', 'day'),
                        ('to_roles', 'plain'),
                        ('effective_at', 'instant'),
                        ('recorded_at', 'instant'),
                        ('event_id', 'plain'),
                        ('sent_at', 'instant'),
                        ('done_at', 'instant'))),
 'names_of_person': ('SELECT person_name.id, person_name.person_id, person_name.kind, person_name.given, person_name.family, person_name.folded, person_name.sounds, person_name.from_on, '
                     'person_name.to_on, person_name.recorded_at FROM person_name WHERE person_name.person_id = %s::BIGINT ORDER BY person_name.id',
                     (('person_id', 'plain'),),
                     (('id', 'plain'),
                      ('person_id', 'plain'),
                      ('kind', 'plain'),
                      ('given', 'plain'),
                      ('family', 'plain'),
                      ('folded', 'plain'),
                      ('sounds', 'plain'),
                      ('from_on', 'day'),
                      ('to_on', 'day'),
                      ('recorded_at', 'instant'))),
 'newest_check': ('SELECT check_run.started_at, check_run.finished_at FROM check_run ORDER BY check_run.id DESC LIMIT 1::INTEGER', (), (('started_at', 'instant'), ('finished_at', 'instant'))),
 'newest_checkpoints': ('SELECT checkpoint.id, checkpoint.at, checkpoint.chains, checkpoint.entries, checkpoint.root, checkpoint.text, checkpoint.signature, checkpoint.signed_by, '
                        'checkpoint.outbox_id, checkpoint.follows FROM checkpoint ORDER BY checkpoint.id DESC LIMIT %s',
                        (('most', 'plain'),),
                        (('id', 'plain'),
                         ('at', 'instant'),
                         ('chains', 'plain'),
                         ('entries', 'plain'),
                         ('root', 'bytes'),
                         ('text', 'plain'),
                         ('signature', 'bytes'),
                         ('signed_by', 'plain'),
                         ('outbox_id', 'plain'),
                         ('follows', 'plain'))),
 'newest_entry': ('SELECT outbox.recorded_at FROM outbox WHERE outbox.id > (SELECT max(outbox.id) AS max_1 FROM outbox) - 1000::BIGINT AND NOT (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE '
                  'pathway_case.reference = outbox.case_ref AND pathway_case.guarded)) ORDER BY outbox.id DESC LIMIT 1::INTEGER',
                  (),
                  (('recorded_at', 'instant'),)),
 'newest_import': ('SELECT import_run.started_at, import_run.finished_at FROM import_run ORDER BY import_run.id DESC LIMIT 1::INTEGER', (), (('started_at', 'instant'), ('finished_at', 'instant'))),
 'note_notice_fault': ('UPDATE notice SET last_fault=%s::VARCHAR WHERE notice.id = %s::BIGINT', (('last_fault', 'plain'), ('notice_id', 'plain')), ()),
 'note_notice_sent': ("UPDATE notice SET last_fault=''::VARCHAR, sent_at=%s::TIMESTAMP WITH TIME ZONE WHERE notice.id = %s::BIGINT", (('now', 'instant'), ('notice_id', 'plain')), ()),
 'notices_sent': ('SELECT notice.key, notice.sent_at FROM notice WHERE notice.sent_at >= %s::TIMESTAMP WITH TIME ZONE AND notice.key LIKE %s::VARCHAR ORDER BY notice.sent_at',
                  (('since', 'instant'), ('pattern', 'plain')),
                  (('key', 'plain'), ('sent_at', 'instant'))),
 'notices_to_send': ('SELECT notice.id, notice.key, notice.kind, notice.practitioner_id, notice.agency, notice.subject, notice.body, notice.queued_at, notice.send_after, notice.attempts, '
                     'notice.last_fault, notice.sent_at, notice.given_up_at, practitioner.email FROM notice LEFT OUTER JOIN practitioner ON practitioner.id = notice.practitioner_id WHERE '
                     'notice.sent_at IS NULL AND notice.given_up_at IS NULL AND notice.send_after <= %s::TIMESTAMP WITH TIME ZONE ORDER BY notice.send_after, notice.id LIMIT %s::BIGINT',
                     (('now', 'instant'), ('most', 'plain')),
                     (('id', 'plain'),
                      ('key', 'plain'),
                      ('kind', 'plain'),
                      ('practitioner_id', 'plain'),
                      ('agency', 'plain'),
                      ('subject', 'plain'),
                      ('body', 'plain'),
                      ('queued_at', 'instant'),
                      ('send_after', 'instant'),
                      ('attempts', 'plain'),
                      ('last_fault', 'plain'),
                      ('sent_at', 'instant'),
                      ('given_up_at', 'instant'),
                      ('email', 'plain'))),
 'number_of_form': ('SELECT numbered.number FROM (SELECT counted.id AS id, row_number() OVER (ORDER BY counted.id) AS number FROM form_draft AS counted WHERE counted.practitioner_id = %s::BIGINT) AS '
                    'numbered WHERE numbered.id = %s::BIGINT',
                    (('viewer', 'plain'), ('row_id', 'plain')),
                    (('number', 'plain'),)),
 'oldest_uncovered': ('SELECT uncovered.id, uncovered.case_ref FROM uncovered ORDER BY uncovered.id LIMIT %s::BIGINT', (('most', 'plain'),), (('id', 'plain'), ('case_ref', 'plain'))),
 'open_case_of_person': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                         'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                         'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                         'person.expected_delivery_date, person.died_on, person.kind AS person_kind FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE pathway_case.person_id '
                         'IN (SELECT %s::BIGINT AS person_id UNION ALL SELECT person_link.person_id FROM person_link WHERE person_link.other_id = %s::BIGINT AND person_link.ended_at IS NULL UNION '
                         'ALL SELECT person_link.other_id FROM person_link WHERE person_link.person_id = %s::BIGINT AND person_link.ended_at IS NULL UNION ALL SELECT fellow.other_id FROM person_link '
                         'AS fellow JOIN person_link ON person_link.person_id = fellow.person_id WHERE person_link.other_id = %s::BIGINT AND person_link.ended_at IS NULL AND fellow.ended_at IS NULL) '
                         'AND pathway_case.pathway = %s::VARCHAR AND pathway_case.is_open ORDER BY pathway_case.id DESC',
                         (('person_id', 'plain'), ('person_id', 'plain'), ('person_id', 'plain'), ('person_id', 'plain'), ('pathway', 'plain')),
                         (('id', 'plain'),
                          ('reference', 'plain'),
                          ('pathway', 'plain'),
                          ('definition', 'plain'),
                          ('person_id', 'plain'),
                          ('episode_id', 'plain'),
                          ('state', 'plain'),
                          ('is_open', 'flag'),
                          ('outcome', 'plain'),
                          ('facts', 'sealed_json'),
                          ('version', 'plain'),
                          ('seq', 'plain'),
                          ('head', 'bytes'),
                          ('team', 'plain'),
                          ('lead', 'plain'),
                          ('restricted', 'flag'),
                          ('guarded', 'flag'),
                          ('basis', 'plain'),
                          ('opened_at', 'instant'),
                          ('closed_at', 'instant'),
                          ('changed_at', 'instant'),
                          ('birth_date', 'day'),
                          ('expected_delivery_date', 'day'),
                          ('died_on', 'day'),
                          ('person_kind', 'plain'))),
 'open_conferences': ("SELECT pathway_case.reference, pathway_case.state, pathway_case.facts FROM pathway_case WHERE pathway_case.pathway = 'child_protection'::VARCHAR AND pathway_case.is_open AND "
                      "('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
                      "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                      'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH '
                      "TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                      "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                      "access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM "
                      "access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                      '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM '
                      "access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                      '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, '
                      "','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = "
                      "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                      '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access '
                      "WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL "
                      'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER BY pathway_case.reference',
                      (('circle', 'plain'),
                       ('circle', 'plain'),
                       ('circle', 'plain'),
                       ('called', 'plain'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('clears', 'plain'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('clears', 'plain'),
                       ('clears', 'plain'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant')),
                      (('reference', 'plain'), ('state', 'plain'), ('facts', 'sealed_json'))),
 'open_facts': ("SELECT pathway_case.id, pathway_case.reference, pathway_case.facts FROM pathway_case WHERE pathway_case.id > %s::BIGINT AND pathway_case.facts != '{}'::VARCHAR AND "
                "substr(pathway_case.facts, 1::INTEGER, 3::INTEGER) != '~1.'::VARCHAR AND NOT (EXISTS (SELECT tombstone.case_ref FROM tombstone WHERE tombstone.case_ref = pathway_case.reference)) "
                'AND ((EXISTS (SELECT case_key.case_ref FROM case_key WHERE case_key.case_ref = pathway_case.reference)) OR NOT (EXISTS (SELECT trail_payload.case_ref FROM trail_payload WHERE '
                'trail_payload.case_ref = pathway_case.reference))) ORDER BY pathway_case.id LIMIT %s::BIGINT FOR UPDATE',
                (('after', 'plain'), ('most', 'plain')),
                (('id', 'plain'), ('reference', 'plain'), ('facts', 'sealed_json'))),
 'own_chain': ('SELECT trail.case_ref, trail.seq, trail.at, trail.effective_at, trail.actor, trail.role, trail.action, trail.from_state, trail.to_state, trail.rule, trail.basis, trail.voids, '
               'trail.key, trail.commitment, trail.prev, trail.hash, trail.format, trail_payload.salt, trail_payload.body FROM trail LEFT OUTER JOIN trail_payload ON trail_payload.case_ref = '
               'trail.case_ref AND trail_payload.seq = trail.seq WHERE trail.case_ref = %s::VARCHAR ORDER BY trail.seq',
               (('reference', 'plain'),),
               (('case_ref', 'plain'),
                ('seq', 'plain'),
                ('at', 'instant'),
                ('effective_at', 'instant'),
                ('actor', 'plain'),
                ('role', 'plain'),
                ('action', 'plain'),
                ('from_state', 'plain'),
                ('to_state', 'plain'),
                ('rule', 'plain'),
                ('basis', 'plain'),
                ('voids', 'plain'),
                ('key', 'plain'),
                ('commitment', 'bytes'),
                ('prev', 'bytes'),
                ('hash', 'bytes'),
                ('format', 'plain'),
                ('salt', 'bytes'),
                ('body', 'sealed_text'))),
 'own_entries': ('SELECT trail.seq, trail_payload.body FROM trail JOIN trail_payload ON trail_payload.case_ref = trail.case_ref AND trail_payload.seq = trail.seq WHERE trail.case_ref = %s::VARCHAR '
                 'AND trail.action = %s::VARCHAR ORDER BY trail.seq',
                 (('chain', 'plain'), ('action', 'plain')),
                 (('seq', 'plain'), ('body', 'sealed_text'))),
 'own_last_changes': ("SELECT trail.case_ref, trail.seq FROM outbox JOIN trail ON trail.case_ref = outbox.case_ref AND (trail.case_ref || '/'::VARCHAR || CAST(trail.seq AS VARCHAR)) = outbox.key "
                      'JOIN pathway_case ON pathway_case.reference = trail.case_ref WHERE outbox.id > (SELECT max(outbox.id) AS max_1 FROM outbox) - 20000::BIGINT AND outbox.recorded_at >= '
                      "%s::TIMESTAMP WITH TIME ZONE AND outbox.event = 'pathways.move'::VARCHAR AND trail.actor = %s::VARCHAR AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || "
                      "pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                      "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                      'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                      "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT "
                      'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                      "(pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                      "access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                      'access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND '
                      "access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL "
                      "OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, "
                      "''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                      "access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                      'access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = '
                      "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                      '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER BY outbox.id DESC LIMIT %s::BIGINT',
                      (('since', 'instant'),
                       ('actor', 'plain'),
                       ('circle', 'plain'),
                       ('circle', 'plain'),
                       ('circle', 'plain'),
                       ('called', 'plain'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('clears', 'plain'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('clears', 'plain'),
                       ('clears', 'plain'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('viewer', 'plain'),
                       ('viewed_at', 'instant'),
                       ('viewed_at', 'instant'),
                       ('most', 'plain')),
                      (('case_ref', 'plain'), ('seq', 'plain'))),
 'owners_untold': ('SELECT notice.body FROM notice JOIN pathway_case ON pathway_case.reference = substr(notice.subject, 9::INTEGER) WHERE notice.practitioner_id = %s::BIGINT AND notice.sent_at IS '
                   "NULL AND notice.queued_at >= %s::TIMESTAMP WITH TIME ZONE AND (substr(notice.key, 1::INTEGER, 6::INTEGER) = 'glass/'::VARCHAR OR substr(notice.key, 1::INTEGER, 20::INTEGER) = "
                   "'withdrawn_elsewhere/'::VARCHAR OR substr(notice.key, 1::INTEGER, 14::INTEGER) = 'second_record/'::VARCHAR) AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR "
                   "|| pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                   "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                   'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                   "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL "
                   'AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                   "(pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                   "access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                   'access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND '
                   "access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                   "access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) "
                   "!= %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                   "'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > "
                   "%s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR "
                   "OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                   'access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER BY notice.id',
                   (('viewer', 'plain'),
                    ('since', 'instant'),
                    ('circle', 'plain'),
                    ('circle', 'plain'),
                    ('circle', 'plain'),
                    ('called', 'plain'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant'),
                    ('clears', 'plain'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant'),
                    ('clears', 'plain'),
                    ('clears', 'plain'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant')),
                   (('body', 'plain'),)),
 'pages_destroyed': ('SELECT pathway_case.reference, trail_payload.seq, trail_payload.body FROM record JOIN pathway_case ON pathway_case.id = record.case_id JOIN trail_payload ON '
                     'trail_payload.case_ref = pathway_case.reference AND trail_payload.seq = record.destroyed_seq WHERE record.destroyed_seq IS NOT NULL ORDER BY pathway_case.reference, record.page',
                     (),
                     (('reference', 'plain'), ('seq', 'plain'), ('body', 'sealed_text'))),
 'pages_to_seal': ('SELECT record.page, record.body AS body FROM record WHERE record.case_id = %s::BIGINT', (('case_id', 'plain'),), (('page', 'plain'), ('body', 'sealed_text'))),
 'parked_cases': ("SELECT pathway_case.reference, pathway_case.pathway, parked.reason, parked.found_at FROM parked JOIN pathway_case ON pathway_case.id = parked.case_id WHERE ('*'::VARCHAR = "
                  "%s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT "
                  "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND "
                  'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                  "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) "
                  'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP '
                  "WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = "
                  "%s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at "
                  'IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND '
                  "access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                  "access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) "
                  "!= %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                  "'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > "
                  "%s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                  "access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                  'access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER BY pathway_case.reference',
                  (('circle', 'plain'),
                   ('circle', 'plain'),
                   ('circle', 'plain'),
                   ('called', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('clears', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('clears', 'plain'),
                   ('clears', 'plain'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant'),
                   ('viewer', 'plain'),
                   ('viewed_at', 'instant'),
                   ('viewed_at', 'instant')),
                  (('reference', 'plain'), ('pathway', 'plain'), ('reason', 'plain'), ('found_at', 'instant'))),
 'parked_ids': ('SELECT parked.case_id FROM parked', (), (('case_id', 'plain'),)),
 'pass_case': ('UPDATE pathway_case SET state=anon_1.state, version=(pathway_case.version + 1::INTEGER), seq=anon_1.seq, head=anon_1.head, changed_at=%s::TIMESTAMP WITH TIME ZONE FROM '
               'unnest(%s::TEXT[], %s::INTEGER[], %s::BYTEA[], %s::BIGINT[]) AS anon_1(state, seq, head, case_id) WHERE pathway_case.id = anon_1.case_id',
               (('changed_at', 'instant'), ('state', 'plain'), ('seq', 'plain'), ('head', 'plain'), ('case_id', 'plain')),
               ()),
 'pass_deadline': ('UPDATE deadline SET status=anon_1.status, look_at=anon_1.look_at, told=anon_1.told, missed_seq=anon_1.missed_seq FROM unnest(%s::TEXT[], %s::TIMESTAMP WITH TIME ZONE[], '
                   '%s::INTEGER[], %s::INTEGER[], %s::BIGINT[]) AS anon_1(status, look_at, told, missed_seq, deadline_id) WHERE deadline.id = anon_1.deadline_id',
                   (('status', 'plain'), ('look_at', 'plain'), ('told', 'plain'), ('missed_seq', 'plain'), ('deadline_id', 'plain')),
                   ()),
 'people_by_address': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, usual_name.given, usual_name.family FROM person LEFT OUTER JOIN (SELECT person_name.person_id '
                       "AS person_id, person_name.given AS given, person_name.family AS family FROM person_name WHERE person_name.to_on IS NULL AND person_name.kind = 'usual'::VARCHAR) AS usual_name "
                       "ON usual_name.person_id = person.id WHERE ('*'::VARCHAR = %s::VARCHAR OR '*'::VARCHAR = %s::VARCHAR AND (person.guarded IS false OR (person.id NOT IN (SELECT access.person_id "
                       "FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                       '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND person.restricted IS false) OR (person.guarded IS false OR '
                       "(person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND "
                       'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND (person.id '
                       "IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                       'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP '
                       "WITH TIME ZONE)) OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.person_id = person.id AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, "
                       "'|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access "
                       "WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL "
                       'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                       "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT "
                       'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                       "(pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                       "access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL "
                       'OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND '
                       "access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL "
                       "OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, "
                       "''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                       "access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                       'access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind '
                       "= 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                       '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))))))) AND person.id IN (SELECT person_address.person_id FROM person_address WHERE '
                       'person_address.postcode = %s::VARCHAR OR person_address.folded >= %s::VARCHAR AND person_address.folded < %s::VARCHAR) ORDER BY usual_name.family, usual_name.given, person.id '
                       'LIMIT %s::BIGINT',
                       (('clears', 'plain'),
                        ('circle', 'plain'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('circle', 'plain'),
                        ('circle', 'plain'),
                        ('circle', 'plain'),
                        ('called', 'plain'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('clears', 'plain'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('clears', 'plain'),
                        ('clears', 'plain'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('viewer', 'plain'),
                        ('viewed_at', 'instant'),
                        ('viewed_at', 'instant'),
                        ('postcode', 'plain'),
                        ('start', 'plain'),
                        ('end', 'plain'),
                        ('most', 'plain')),
                       (('id', 'plain'), ('kind', 'plain'), ('birth_date', 'day'), ('expected_delivery_date', 'day'), ('given', 'plain'), ('family', 'plain'))),
 'people_by_birth_date': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, usual_name.given, usual_name.family FROM person LEFT OUTER JOIN (SELECT '
                          'person_name.person_id AS person_id, person_name.given AS given, person_name.family AS family FROM person_name WHERE person_name.to_on IS NULL AND person_name.kind = '
                          "'usual'::VARCHAR) AS usual_name ON usual_name.person_id = person.id WHERE ('*'::VARCHAR = %s::VARCHAR OR '*'::VARCHAR = %s::VARCHAR AND (person.guarded IS false OR "
                          "(person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND "
                          'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                          'person.restricted IS false) OR (person.guarded IS false OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind '
                          "= 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                          'access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND (person.id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = '
                          "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                          '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.person_id = person.id '
                          "AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR "
                          "OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) "
                          'AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > '
                          '%s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = '
                          "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                          "(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN "
                          "(SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS "
                          'NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT '
                          "IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND "
                          'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                          "(pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT "
                          "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT "
                          'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                          "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                          "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                          'access.until_at > %s::TIMESTAMP WITH TIME ZONE)))))))) AND person.birth_date = %s::DATE ORDER BY usual_name.family, usual_name.given, person.id LIMIT %s::BIGINT',
                          (('clears', 'plain'),
                           ('circle', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('circle', 'plain'),
                           ('circle', 'plain'),
                           ('circle', 'plain'),
                           ('called', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('clears', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('clears', 'plain'),
                           ('clears', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('birth_date', 'day'),
                           ('most', 'plain')),
                          (('id', 'plain'), ('kind', 'plain'), ('birth_date', 'day'), ('expected_delivery_date', 'day'), ('given', 'plain'), ('family', 'plain'))),
 'people_by_identifier': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, usual_name.given, usual_name.family FROM person LEFT OUTER JOIN (SELECT '
                          'person_name.person_id AS person_id, person_name.given AS given, person_name.family AS family FROM person_name WHERE person_name.to_on IS NULL AND person_name.kind = '
                          "'usual'::VARCHAR) AS usual_name ON usual_name.person_id = person.id WHERE ('*'::VARCHAR = %s::VARCHAR OR '*'::VARCHAR = %s::VARCHAR AND (person.guarded IS false OR "
                          "(person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND "
                          'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                          'person.restricted IS false) OR (person.guarded IS false OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind '
                          "= 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                          'access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND (person.id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = '
                          "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                          '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.person_id = person.id '
                          "AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR "
                          "OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) "
                          'AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > '
                          '%s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = '
                          "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                          "(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN "
                          "(SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS "
                          'NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT '
                          "IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND "
                          'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                          "(pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT "
                          "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT "
                          'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                          "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                          "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                          'access.until_at > %s::TIMESTAMP WITH TIME ZONE)))))))) AND person.id IN (SELECT person_identifier.person_id FROM person_identifier WHERE person_identifier.value = '
                          '%s::VARCHAR) ORDER BY usual_name.family, usual_name.given, person.id LIMIT %s::BIGINT',
                          (('clears', 'plain'),
                           ('circle', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('circle', 'plain'),
                           ('circle', 'plain'),
                           ('circle', 'plain'),
                           ('called', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('clears', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('clears', 'plain'),
                           ('clears', 'plain'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('viewer', 'plain'),
                           ('viewed_at', 'instant'),
                           ('viewed_at', 'instant'),
                           ('value', 'plain'),
                           ('most', 'plain')),
                          (('id', 'plain'), ('kind', 'plain'), ('birth_date', 'day'), ('expected_delivery_date', 'day'), ('given', 'plain'), ('family', 'plain'))),
 'people_by_identifiers': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, person.died_on, person.sex, person.ethnicity, person.restricted, person.guarded, '
                           'person.version, person.recorded_at, person.was, person_identifier.value FROM person JOIN person_identifier ON person_identifier.person_id = person.id WHERE '
                           'person_identifier.scheme = %s::VARCHAR AND person_identifier.value IN (SELECT anon_1.value FROM json_array_elements_text(CAST(%s::VARCHAR AS JSON)) AS anon_1(value)) '
                           'ORDER BY person.id',
                           (('scheme', 'plain'), ('numbers', 'plain')),
                           (('id', 'plain'),
                            ('kind', 'plain'),
                            ('birth_date', 'day'),
                            ('expected_delivery_date', 'day'),
                            ('died_on', 'day'),
                            ('sex', 'plain'),
                            ('ethnicity', 'plain'),
                            ('restricted', 'flag'),
                            ('guarded', 'flag'),
                            ('version', 'plain'),
                            ('recorded_at', 'instant'),
                            ('was', 'plain'),
                            ('value', 'plain'))),
 'people_by_name': ("SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, CASE WHEN (bearer.to_on IS NULL AND bearer.kind = 'usual'::VARCHAR) THEN bearer.given ELSE "
                    "(SELECT usual_now.given FROM person_name AS usual_now WHERE usual_now.person_id = bearer.person_id AND usual_now.to_on IS NULL AND usual_now.kind = 'usual'::VARCHAR LIMIT 1) END "
                    "AS given, CASE WHEN (bearer.to_on IS NULL AND bearer.kind = 'usual'::VARCHAR) THEN bearer.family ELSE (SELECT usual_now.family FROM person_name AS usual_now WHERE "
                    "usual_now.person_id = bearer.person_id AND usual_now.to_on IS NULL AND usual_now.kind = 'usual'::VARCHAR LIMIT 1) END AS family FROM (SELECT person_name.person_id AS person_id, "
                    'person_name.kind AS kind, person_name.to_on AS to_on, person_name.given AS given, person_name.family AS family FROM person_name WHERE person_name.folded = %s::VARCHAR UNION ALL '
                    'SELECT person_name.person_id AS person_id, person_name.kind AS kind, person_name.to_on AS to_on, person_name.given AS given, person_name.family AS family FROM person_name WHERE '
                    'person_name.sounds = %s::VARCHAR AND person_name.folded >= %s::VARCHAR AND person_name.folded < %s::VARCHAR UNION ALL SELECT person_name.person_id AS person_id, person_name.kind '
                    'AS kind, person_name.to_on AS to_on, person_name.given AS given, person_name.family AS family FROM person_name WHERE person_name.sounds = %s::VARCHAR AND (person_name.folded < '
                    "%s::VARCHAR OR person_name.folded >= %s::VARCHAR)) AS bearer JOIN person ON person.id = bearer.person_id WHERE '*'::VARCHAR = %s::VARCHAR OR '*'::VARCHAR = %s::VARCHAR AND "
                    "(person.guarded IS false OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND "
                    'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH '
                    'TIME ZONE))) AND person.restricted IS false) OR (person.guarded IS false OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND '
                    "access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                    'access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND (person.id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = '
                    "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                    '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.person_id = person.id AND '
                    "('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
                    "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                    'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH '
                    "TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                    "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at "
                    "> %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
                    "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                    'TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                    "TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || "
                    "pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                    "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                    'ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                    "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                    'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))))))) LIMIT %s::BIGINT',
                    (('folded', 'plain'),
                     ('sounds', 'plain'),
                     ('letter', 'plain'),
                     ('after', 'plain'),
                     ('sounds', 'plain'),
                     ('letter', 'plain'),
                     ('after', 'plain'),
                     ('clears', 'plain'),
                     ('circle', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('circle', 'plain'),
                     ('circle', 'plain'),
                     ('circle', 'plain'),
                     ('called', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('clears', 'plain'),
                     ('clears', 'plain'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('viewer', 'plain'),
                     ('viewed_at', 'instant'),
                     ('viewed_at', 'instant'),
                     ('most', 'plain')),
                    (('id', 'plain'), ('kind', 'plain'), ('birth_date', 'day'), ('expected_delivery_date', 'day'), ('given', 'plain'), ('family', 'plain'))),
 'people_less_shut_than_said': ('SELECT pathway_case.reference FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE NOT person.restricted AND (EXISTS (SELECT restriction.id FROM '
                                'restriction WHERE restriction.person_id = person.id AND restriction.lifted_at IS NULL)) OR NOT person.guarded AND (person.restricted OR (EXISTS (SELECT '
                                'restriction.id FROM restriction WHERE restriction.person_id = person.id AND restriction.lifted_at IS NULL)) OR (EXISTS (SELECT access.id FROM access WHERE '
                                "access.person_id = person.id AND access.kind = 'excluded'::VARCHAR AND access.ended_at IS NULL))) ORDER BY pathway_case.reference",
                                (),
                                (('reference', 'plain'),)),
 'people_like_staff': ("SELECT person.id FROM person WHERE person.id IN (SELECT person_name.person_id FROM person_name WHERE person_name.folded = %s::VARCHAR AND %s::VARCHAR != ''::VARCHAR UNION "
                       "SELECT person_identifier.person_id FROM person_identifier WHERE person_identifier.value = %s::VARCHAR AND person_identifier.scheme IN ('staff_number'::VARCHAR, "
                       "'staff_number_again'::VARCHAR)) ORDER BY person.id",
                       (('folded', 'plain'), ('folded', 'plain'), ('staff_number', 'plain')),
                       (('id', 'plain'),)),
 'people_with_mail': ('SELECT practitioner.id, practitioner.login, practitioner.title, practitioner_role.role, practitioner_role.team FROM practitioner JOIN practitioner_role ON '
                      'practitioner_role.practitioner_id = practitioner.id WHERE practitioner.email IS NOT NULL AND practitioner.from_on <= %s::DATE AND (practitioner.to_on IS NULL OR '
                      'practitioner.to_on >= %s::DATE) AND practitioner_role.from_on <= %s::DATE AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= %s::DATE) ORDER BY '
                      'practitioner.id, practitioner_role.id',
                      (('on', 'day'), ('on', 'day'), ('on', 'day'), ('on', 'day')),
                      (('id', 'plain'), ('login', 'plain'), ('title', 'plain'), ('role', 'plain'), ('team', 'plain'))),
 'perhaps_due': ('SELECT pathway_case.id, pathway_case.reference, pathway_case.pathway, pathway_case.definition, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, '
                 'pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.version, pathway_case.seq, pathway_case.head, pathway_case.team, pathway_case.lead, '
                 'pathway_case.restricted, pathway_case.guarded, pathway_case.basis, pathway_case.opened_at, pathway_case.closed_at, pathway_case.changed_at, person.birth_date, '
                 'person.expected_delivery_date, person.died_on, person.kind AS person_kind FROM pathway_case JOIN person ON person.id = pathway_case.person_id WHERE NOT (EXISTS (SELECT '
                 "tombstone.case_ref FROM tombstone WHERE tombstone.case_ref = pathway_case.reference)) AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || "
                 "'|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                 "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE "
                 'AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
                 "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP "
                 "WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR "
                 "(pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND "
                 'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                 "(pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL "
                 'AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                 "(pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT "
                 "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND "
                 'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                 "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) "
                 'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH '
                 'TIME ZONE)))) AND pathway_case.is_open IS false AND (person.birth_date <= %s::DATE OR pathway_case.pathway = %s::VARCHAR AND pathway_case.closed_at <= %s::TIMESTAMP WITH TIME ZONE) '
                 'ORDER BY pathway_case.reference',
                 (('circle', 'plain'),
                  ('circle', 'plain'),
                  ('circle', 'plain'),
                  ('called', 'plain'),
                  ('viewer', 'plain'),
                  ('viewed_at', 'instant'),
                  ('viewed_at', 'instant'),
                  ('viewer', 'plain'),
                  ('viewed_at', 'instant'),
                  ('viewed_at', 'instant'),
                  ('clears', 'plain'),
                  ('viewer', 'plain'),
                  ('viewed_at', 'instant'),
                  ('viewed_at', 'instant'),
                  ('viewer', 'plain'),
                  ('viewed_at', 'instant'),
                  ('viewed_at', 'instant'),
                  ('clears', 'plain'),
                  ('clears', 'plain'),
                  ('viewer', 'plain'),
                  ('viewed_at', 'instant'),
                  ('viewed_at', 'instant'),
                  ('viewer', 'plain'),
                  ('viewed_at', 'instant'),
                  ('viewed_at', 'instant'),
                  ('born_by', 'day'),
                  ('allegations', 'plain'),
                  ('closed_by', 'instant')),
                 (('id', 'plain'),
                  ('reference', 'plain'),
                  ('pathway', 'plain'),
                  ('definition', 'plain'),
                  ('person_id', 'plain'),
                  ('episode_id', 'plain'),
                  ('state', 'plain'),
                  ('is_open', 'flag'),
                  ('outcome', 'plain'),
                  ('facts', 'sealed_json'),
                  ('version', 'plain'),
                  ('seq', 'plain'),
                  ('head', 'bytes'),
                  ('team', 'plain'),
                  ('lead', 'plain'),
                  ('restricted', 'flag'),
                  ('guarded', 'flag'),
                  ('basis', 'plain'),
                  ('opened_at', 'instant'),
                  ('closed_at', 'instant'),
                  ('changed_at', 'instant'),
                  ('birth_date', 'day'),
                  ('expected_delivery_date', 'day'),
                  ('died_on', 'day'),
                  ('person_kind', 'plain'))),
 'person_by_id': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, person.died_on, person.sex, person.ethnicity, person.restricted, person.guarded, person.version, '
                  'person.recorded_at, person.was FROM person WHERE person.id = %s::BIGINT',
                  (('person_id', 'plain'),),
                  (('id', 'plain'),
                   ('kind', 'plain'),
                   ('birth_date', 'day'),
                   ('expected_delivery_date', 'day'),
                   ('died_on', 'day'),
                   ('sex', 'plain'),
                   ('ethnicity', 'plain'),
                   ('restricted', 'flag'),
                   ('guarded', 'flag'),
                   ('version', 'plain'),
                   ('recorded_at', 'instant'),
                   ('was', 'plain'))),
 'person_by_identifier': ('SELECT person.id, person.kind, person.birth_date, person.expected_delivery_date, person.died_on, person.sex, person.ethnicity, person.restricted, person.guarded, '
                          'person.version, person.recorded_at, person.was FROM person JOIN person_identifier ON person_identifier.person_id = person.id WHERE person_identifier.scheme = %s::VARCHAR '
                          'AND person_identifier.value = %s::VARCHAR ORDER BY person.id',
                          (('scheme', 'plain'), ('value', 'plain')),
                          (('id', 'plain'),
                           ('kind', 'plain'),
                           ('birth_date', 'day'),
                           ('expected_delivery_date', 'day'),
                           ('died_on', 'day'),
                           ('sex', 'plain'),
                           ('ethnicity', 'plain'),
                           ('restricted', 'flag'),
                           ('guarded', 'flag'),
                           ('version', 'plain'),
                           ('recorded_at', 'instant'),
                           ('was', 'plain'))),
 'plain_payloads_of': ("SELECT count(*) AS payloads FROM trail_payload WHERE trail_payload.case_ref = %s::VARCHAR AND substr(coalesce(trail_payload.body, ''::VARCHAR), 1::INTEGER, 1::INTEGER) != "
                       "'~'::VARCHAR",
                       (('case_ref', 'plain'),),
                       (('payloads', 'plain'),)),
 'practitioner_by_id': ('SELECT practitioner.id, practitioner.login, practitioner.title, practitioner.agency, practitioner.team, practitioner.given, practitioner.family, practitioner.folded, '
                        'practitioner.birth_date, practitioner.staff_number, practitioner.email, practitioner.from_on, practitioner.to_on, practitioner.recorded_at FROM practitioner WHERE '
                        'practitioner.id = %s::BIGINT',
                        (('practitioner_id', 'plain'),),
                        (('id', 'plain'),
                         ('login', 'plain'),
                         ('title', 'plain'),
                         ('agency', 'plain'),
                         ('team', 'plain'),
                         ('given', 'plain'),
                         ('family', 'plain'),
                         ('folded', 'plain'),
                         ('birth_date', 'day'),
                         ('staff_number', 'plain'),
                         ('email', 'plain'),
                         ('from_on', 'day'),
                         ('to_on', 'day'),
                         ('recorded_at', 'instant'))),
 'practitioner_by_login': ('SELECT practitioner.id, practitioner.login, practitioner.title, practitioner.agency, practitioner.team, practitioner.given, practitioner.family, practitioner.folded, '
                           'practitioner.birth_date, practitioner.staff_number, practitioner.email, practitioner.from_on, practitioner.to_on, practitioner.recorded_at FROM practitioner WHERE '
                           'practitioner.login = %s::VARCHAR',
                           (('login', 'plain'),),
                           (('id', 'plain'),
                            ('login', 'plain'),
                            ('title', 'plain'),
                            ('agency', 'plain'),
                            ('team', 'plain'),
                            ('given', 'plain'),
                            ('family', 'plain'),
                            ('folded', 'plain'),
                            ('birth_date', 'day'),
                            ('staff_number', 'plain'),
                            ('email', 'plain'),
                            ('from_on', 'day'),
                            ('to_on', 'day'),
                            ('recorded_at', 'instant'))),
 'practitioner_ids': ('SELECT practitioner.id FROM practitioner ORDER BY practitioner.id', (), (('id', 'plain'),)),
 'put_parked': ('INSERT INTO parked (case_id, reason, found_at) VALUES (%s::BIGINT, %s::VARCHAR, %s::TIMESTAMP WITH TIME ZONE) ON CONFLICT (case_id) DO UPDATE SET reason = excluded.reason, found_at '
                '= excluded.found_at',
                (('case_id', 'plain'), ('reason', 'plain'), ('found_at', 'instant')),
                ()),
 'put_run': ('INSERT INTO tree_run (level, place, hashes) SELECT anon_1.level, anon_1.place, anon_1.hashes FROM unnest(%s::INTEGER[], %s::INTEGER[], %s::BYTEA[]) AS anon_1(level, place, hashes) ON '
             'CONFLICT (level, place) DO UPDATE SET hashes = excluded.hashes',
             (('level', 'plain'), ('place', 'plain'), ('hashes', 'plain')),
             ()),
 'put_setting': ('INSERT INTO setting (name, value) VALUES (%s::VARCHAR, %s::VARCHAR) ON CONFLICT (name) DO UPDATE SET value = excluded.value', (('name', 'plain'), ('value', 'plain')), ()),
 'records_of_case': ('SELECT record.id, record.case_id, record.page, record.seq, record.kind, record.entry, record.title, record.happened_at, record.recorded_at, record.author, record.role, '
                     'record.body, record.voided_seq, record.destroyed_seq FROM record WHERE record.case_id = %s::BIGINT ORDER BY record.page',
                     (('case_id', 'plain'),),
                     (('id', 'plain'),
                      ('case_id', 'plain'),
                      ('page', 'plain'),
                      ('seq', 'plain'),
                      ('kind', 'plain'),
                      ('entry', 'plain'),
                      ('title', 'plain'),
                      ('happened_at', 'instant'),
                      ('recorded_at', 'instant'),
                      ('author', 'plain'),
                      ('role', 'plain'),
                      ('body', 'sealed_json'),
                      ('voided_seq', 'plain'),
                      ('destroyed_seq', 'plain'))),
 'references_like': ('SELECT pathway_case.reference FROM pathway_case WHERE pathway_case.reference >= %s::VARCHAR AND pathway_case.reference < %s::VARCHAR AND pathway_case.reference LIKE %s::VARCHAR '
                     "AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
                     "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                     'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH '
                     "TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                     "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                     "access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access "
                     "WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP "
                     'WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
                     "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                     "TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || "
                     "pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                     "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
                     'ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE '
                     "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                     'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER BY pathway_case.is_open DESC, '
                     'pathway_case.reference DESC LIMIT %s::BIGINT',
                     (('start', 'plain'),
                      ('end', 'plain'),
                      ('pattern', 'plain'),
                      ('circle', 'plain'),
                      ('circle', 'plain'),
                      ('circle', 'plain'),
                      ('called', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('clears', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('clears', 'plain'),
                      ('clears', 'plain'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('viewer', 'plain'),
                      ('viewed_at', 'instant'),
                      ('viewed_at', 'instant'),
                      ('most', 'plain')),
                     (('reference', 'plain'),)),
 'rejoin_meeting': ('UPDATE meeting_case SET left_at=NULL WHERE meeting_case.meeting_id = %s::BIGINT AND meeting_case.case_id = %s::BIGINT', (('meeting_id', 'plain'), ('case_id', 'plain')), ()),
 'relatives_of_person': ('SELECT relationship.id, relationship.person_id, relationship.other_id, relationship.kind, relationship.from_on, relationship.to_on, relationship.recorded_at, '
                         'relationship.end_recorded_at, person.kind AS person_kind, person.birth_date, person.expected_delivery_date, person.died_on, usual_name.given, usual_name.family FROM '
                         'relationship JOIN person ON person.id = relationship.other_id LEFT OUTER JOIN (SELECT person_name.person_id AS person_id, person_name.given AS given, person_name.family AS '
                         "family FROM person_name WHERE person_name.to_on IS NULL AND person_name.kind = 'usual'::VARCHAR) AS usual_name ON usual_name.person_id = person.id WHERE "
                         "relationship.person_id = %s::BIGINT AND ('*'::VARCHAR = %s::VARCHAR OR '*'::VARCHAR = %s::VARCHAR AND (person.guarded IS false OR (person.id NOT IN (SELECT access.person_id "
                         "FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at "
                         '<= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND person.restricted IS false) OR (person.guarded IS '
                         "false OR (person.id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT "
                         'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND '
                         "(person.id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
                         'access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP '
                         "WITH TIME ZONE)) OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.person_id = person.id AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, "
                         "'|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access "
                         "WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS "
                         'NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN '
                         "(SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id "
                         'IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) '
                         "AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND "
                         "access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL "
                         'OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND '
                         "access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS "
                         "NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || "
                         "','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = "
                         "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                         '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id '
                         "= %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                         '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))))))) ORDER BY relationship.id',
                         (('person_id', 'plain'),
                          ('clears', 'plain'),
                          ('circle', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('circle', 'plain'),
                          ('circle', 'plain'),
                          ('circle', 'plain'),
                          ('called', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('clears', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('clears', 'plain'),
                          ('clears', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant')),
                         (('id', 'plain'),
                          ('person_id', 'plain'),
                          ('other_id', 'plain'),
                          ('kind', 'plain'),
                          ('from_on', 'day'),
                          ('to_on', 'day'),
                          ('recorded_at', 'instant'),
                          ('end_recorded_at', 'instant'),
                          ('person_kind', 'plain'),
                          ('birth_date', 'day'),
                          ('expected_delivery_date', 'day'),
                          ('died_on', 'day'),
                          ('given', 'plain'),
                          ('family', 'plain'))),
 'reopen_episode': ('UPDATE episode SET closed_on=NULL WHERE episode.id = %s::BIGINT', (('episode_id', 'plain'),), ()),
 'restricted_on_board': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.team, pathway_case.lead, pathway_case.facts FROM pathway_case WHERE '
                         "pathway_case.is_open AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR "
                         "pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                         "access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL "
                         'OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND '
                         "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                         "TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR "
                         "(pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL "
                         'AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                         "(pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS "
                         'NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) '
                         "AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN "
                         "(SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS "
                         'NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                         "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                         "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                         "access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND pathway_case.pathway = %s::VARCHAR AND pathway_case.restricted IS true AND (%s::VARCHAR = ''::VARCHAR OR "
                         "pathway_case.team = %s::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.lead = %s::VARCHAR) ORDER BY pathway_case.state, "
                         'pathway_case.reference LIMIT %s::BIGINT',
                         (('circle', 'plain'),
                          ('circle', 'plain'),
                          ('circle', 'plain'),
                          ('called', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('clears', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('clears', 'plain'),
                          ('clears', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('pathway', 'plain'),
                          ('team', 'plain'),
                          ('team', 'plain'),
                          ('lead', 'plain'),
                          ('lead', 'plain'),
                          ('title', 'plain'),
                          ('most', 'plain')),
                         (('reference', 'plain'), ('pathway', 'plain'), ('state', 'plain'), ('team', 'plain'), ('lead', 'plain'), ('facts', 'sealed_json'))),
 'restrictions_of': ('SELECT restriction.id, restriction.case_id, restriction.person_id, restriction.because, restriction.by_login, restriction.from_at, restriction.lifted_at, restriction.lifted_by, '
                     'restriction.lifted_second FROM restriction WHERE restriction.case_id = %s::BIGINT OR restriction.person_id = %s::BIGINT ORDER BY restriction.id',
                     (('case_id', 'plain'), ('person_id', 'plain')),
                     (('id', 'plain'),
                      ('case_id', 'plain'),
                      ('person_id', 'plain'),
                      ('because', 'plain'),
                      ('by_login', 'plain'),
                      ('from_at', 'instant'),
                      ('lifted_at', 'instant'),
                      ('lifted_by', 'plain'),
                      ('lifted_second', 'plain'))),
 'return_practitioner': ('UPDATE practitioner SET to_on=NULL WHERE practitioner.id = %s::BIGINT', (('practitioner_id', 'plain'),), ()),
 'rewrap_case_key': ('UPDATE case_key SET store_key=%s::VARCHAR, sealed=%s WHERE case_key.case_ref = %s::VARCHAR', (('store_key', 'plain'), ('sealed', 'bytes'), ('reference', 'plain')), ()),
 'roles_ever_held': ('SELECT practitioner_role.id, practitioner_role.practitioner_id, practitioner_role.role, practitioner_role.agency, practitioner_role.team, practitioner_role.from_on, '
                     'practitioner_role.to_on, practitioner_role.recorded_at FROM practitioner_role ORDER BY practitioner_role.practitioner_id, practitioner_role.id',
                     (),
                     (('id', 'plain'), ('practitioner_id', 'plain'), ('role', 'plain'), ('agency', 'plain'), ('team', 'plain'), ('from_on', 'day'), ('to_on', 'day'), ('recorded_at', 'instant'))),
 'roles_of_practitioner': ('SELECT practitioner_role.role, practitioner_role.team, practitioner_role.agency FROM practitioner_role WHERE practitioner_role.practitioner_id = %s::BIGINT AND '
                           'practitioner_role.from_on <= %s::DATE AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= %s::DATE) ORDER BY practitioner_role.id',
                           (('practitioner_id', 'plain'), ('on', 'day'), ('on', 'day')),
                           (('role', 'plain'), ('team', 'plain'), ('agency', 'plain'))),
 'running_deadlines': ('SELECT deadline.id, deadline.key, deadline.case_id, deadline.rule, deadline.edition, deadline.start_event, deadline.started, deadline.due_on, deadline.due_at, '
                       'deadline.plan_by, deadline.calendar, deadline.status, deadline.statutory, deadline.look_at, deadline.told, deadline.opened_seq, deadline.closed_at, deadline.closed_seq, '
                       'deadline.missed_seq FROM deadline WHERE deadline.case_id = %s::BIGINT AND deadline.closed_at IS NULL ORDER BY deadline.due_at, deadline.id',
                       (('case_id', 'plain'),),
                       (('id', 'plain'),
                        ('key', 'plain'),
                        ('case_id', 'plain'),
                        ('rule', 'plain'),
                        ('edition', 'plain'),
                        ('start_event', 'plain'),
                        ('started', 'plain'),
                        ('due_on', 'day'),
                        ('due_at', 'instant'),
                        ('plan_by', 'day'),
                        ('calendar', 'plain'),
                        ('status', 'plain'),
                        ('statutory', 'flag'),
                        ('look_at', 'instant'),
                        ('told', 'plain'),
                        ('opened_seq', 'plain'),
                        ('closed_at', 'instant'),
                        ('closed_seq', 'plain'),
                        ('missed_seq', 'plain'))),
 'said_in_supervision': ('SELECT trail_payload.body FROM trail_payload JOIN pathway_case ON pathway_case.reference = trail_payload.case_ref WHERE pathway_case.reference = %s::VARCHAR AND '
                         "trail_payload.seq = %s::BIGINT AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR "
                         "pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                         "access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL "
                         'OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND '
                         "(access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH "
                         "TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR "
                         "(pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL "
                         'AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND '
                         "(pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS "
                         'NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) '
                         "AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN "
                         "(SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS "
                         'NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                         "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
                         "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                         'access.until_at > %s::TIMESTAMP WITH TIME ZONE))))',
                         (('reference', 'plain'),
                          ('seq', 'plain'),
                          ('circle', 'plain'),
                          ('circle', 'plain'),
                          ('circle', 'plain'),
                          ('called', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('clears', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('clears', 'plain'),
                          ('clears', 'plain'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant'),
                          ('viewer', 'plain'),
                          ('viewed_at', 'instant'),
                          ('viewed_at', 'instant')),
                         (('body', 'sealed_text'),)),
 'same_supervision': ('SELECT supervision.id FROM supervision WHERE supervision.supervisor_id = %s::BIGINT AND supervision.practitioner_id = %s::BIGINT AND supervision.held_on = %s::DATE AND '
                      'supervision.form = %s::VARCHAR',
                      (('supervisor_id', 'plain'), ('practitioner_id', 'plain'), ('held_on', 'day'), ('form', 'plain')),
                      (('id', 'plain'),)),
 'save_form': ('UPDATE form_draft SET answers=%s::VARCHAR, saved_at=%s::TIMESTAMP WITH TIME ZONE WHERE form_draft.practitioner_id = %s::BIGINT AND form_draft.finished_at IS NULL AND '
               "form_draft.dropped_at IS NULL AND (form_draft.target = ''::VARCHAR OR (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.reference = form_draft.target AND "
               "('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
               "pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND "
               'access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME '
               "ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = "
               "'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > "
               "%s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE "
               "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
               'ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE '
               "access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME "
               "ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || "
               "pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind "
               "= 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
               '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
               "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP "
               'WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))))))) AND form_draft.id = (SELECT numbered.id FROM (SELECT counted.id AS id, '
               'row_number() OVER (ORDER BY counted.id) AS number FROM form_draft AS counted WHERE counted.practitioner_id = %s::BIGINT) AS numbered WHERE numbered.number = %s::BIGINT)',
               (('answers', 'json'),
                ('saved_at', 'instant'),
                ('viewer', 'plain'),
                ('circle', 'plain'),
                ('circle', 'plain'),
                ('circle', 'plain'),
                ('called', 'plain'),
                ('viewer', 'plain'),
                ('viewed_at', 'instant'),
                ('viewed_at', 'instant'),
                ('viewer', 'plain'),
                ('viewed_at', 'instant'),
                ('viewed_at', 'instant'),
                ('clears', 'plain'),
                ('viewer', 'plain'),
                ('viewed_at', 'instant'),
                ('viewed_at', 'instant'),
                ('viewer', 'plain'),
                ('viewed_at', 'instant'),
                ('viewed_at', 'instant'),
                ('clears', 'plain'),
                ('clears', 'plain'),
                ('viewer', 'plain'),
                ('viewed_at', 'instant'),
                ('viewed_at', 'instant'),
                ('viewer', 'plain'),
                ('viewed_at', 'instant'),
                ('viewed_at', 'instant'),
                ('viewer', 'plain'),
                ('form_id', 'plain')),
               ()),
 'school_calendar': ('SELECT school_days.id, school_days.school, school_days.terms, school_days.version, school_days.loaded_at FROM school_days WHERE school_days.school = %s::VARCHAR ORDER BY '
                     'school_days.id DESC LIMIT 1::INTEGER',
                     (('school', 'plain'),),
                     (('id', 'plain'), ('school', 'plain'), ('terms', 'plain'), ('version', 'plain'), ('loaded_at', 'instant'))),
 'school_calendars': ('SELECT school_days.id, school_days.school, school_days.terms, school_days.version, school_days.loaded_at FROM school_days WHERE school_days.id IN (SELECT max(school_days.id) '
                      'AS max_1 FROM school_days GROUP BY school_days.school) ORDER BY school_days.school',
                      (),
                      (('id', 'plain'), ('school', 'plain'), ('terms', 'plain'), ('version', 'plain'), ('loaded_at', 'instant'))),
 'seal_document': ('UPDATE document SET content=%s::VARCHAR WHERE document.id = %s::BIGINT AND document.page = %s::BIGINT',
                   (('content', 'sealed_text'), ('document_id', 'plain'), ('page', 'plain')),
                   ()),
 'seal_facts': ('UPDATE pathway_case SET facts=%s::VARCHAR WHERE pathway_case.id = %s::BIGINT', (('facts', 'sealed_json'), ('case_id', 'plain')), ()),
 'seal_page': ('UPDATE record SET body=%s::VARCHAR WHERE record.case_id = %s::BIGINT AND record.page = %s::BIGINT', (('body', 'sealed_json'), ('case_id', 'plain'), ('page', 'plain')), ()),
 'second_records_untold': ("SELECT again.scheme, again.value, again.recorded_at FROM person_identifier AS again WHERE again.scheme = 'la_child_id_again'::VARCHAR AND (EXISTS (SELECT pathway_case.id "
                           'FROM pathway_case WHERE pathway_case.person_id = (SELECT person_identifier.person_id FROM person_identifier WHERE person_identifier.value = again.value AND '
                           "person_identifier.scheme = 'la_child_id'::VARCHAR))) AND NOT (EXISTS (SELECT outbox.id FROM outbox JOIN pathway_case AS told_of ON told_of.reference = outbox.case_ref "
                           "WHERE outbox.event = 'pathways.access.second_record'::VARCHAR AND told_of.person_id = (SELECT person_identifier.person_id FROM person_identifier WHERE "
                           "person_identifier.value = again.value AND person_identifier.scheme = 'la_child_id'::VARCHAR) AND outbox.recorded_at >= again.recorded_at)) ORDER BY again.id",
                           (),
                           (('scheme', 'plain'), ('value', 'plain'), ('recorded_at', 'instant'))),
 'secret_addresses_of': ('SELECT person_address.id, person_address.person_id, person_address.lines, person_address.folded, person_address.postcode, person_address.confidential, '
                         'person_address.from_on, person_address.to_on, person_address.recorded_at FROM person_address WHERE person_address.person_id = %s::BIGINT AND (person_address.to_on IS NULL '
                         'OR person_address.to_on >= %s::DATE OR person_address.confidential) ORDER BY person_address.id',
                         (('person_id', 'plain'), ('today', 'day')),
                         (('id', 'plain'),
                          ('person_id', 'plain'),
                          ('lines', 'plain'),
                          ('folded', 'plain'),
                          ('postcode', 'plain'),
                          ('confidential', 'flag'),
                          ('from_on', 'day'),
                          ('to_on', 'day'),
                          ('recorded_at', 'instant'))),
 'sessions_of_leavers': ('SELECT supervision.id, supervision.held_on, supervised.login AS practitioner, supervised.to_on FROM supervision JOIN practitioner AS supervised ON supervised.id = '
                         "supervision.practitioner_id WHERE ('*'::VARCHAR = %s::VARCHAR OR supervision.supervisor_id = %s::BIGINT OR supervision.practitioner_id = %s::BIGINT OR (EXISTS (SELECT "
                         'practitioner_role.id FROM practitioner_role JOIN practitioner AS head ON head.id = practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = %s::BIGINT '
                         "AND practitioner_role.from_on <= %s::DATE AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= %s::DATE) AND (supervision.kind = 'school'::VARCHAR AND "
                         "(practitioner_role.role = 'headteacher'::VARCHAR OR practitioner_role.role = 'principal'::VARCHAR) AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = "
                         "supervision.team AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) != ''::VARCHAR OR supervision.kind = 'social_care'::VARCHAR AND "
                         "(practitioner_role.role = 'senior_officer'::VARCHAR OR practitioner_role.role = 'service_manager'::VARCHAR) AND (coalesce(nullif(practitioner_role.team, ''::VARCHAR), "
                         "head.team) = supervision.team OR coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = ''::VARCHAR))))) AND supervision.destroyed_at IS NULL AND "
                         'supervised.to_on <= %s::DATE ORDER BY supervised.to_on, supervision.id',
                         (('clears', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('today', 'day'), ('left_by', 'day')),
                         (('id', 'plain'), ('held_on', 'day'), ('practitioner', 'plain'), ('to_on', 'day'))),
 'setting_named': ('SELECT setting.value FROM setting WHERE setting.name = %s::VARCHAR', (('name', 'plain'),), (('value', 'plain'),)),
 'settings': ('SELECT setting.name, setting.value FROM setting', (), (('name', 'plain'), ('value', 'plain'))),
 'shared_parked': ('SELECT count(*) AS cases FROM parked WHERE EXISTS (SELECT pathway_case.id FROM pathway_case WHERE pathway_case.id = parked.case_id AND pathway_case.guarded IS false)',
                   (),
                   (('cases', 'plain'),)),
 'siblings_of_person': ('SELECT relationship.other_id, pathway_case.reference, pathway_case.pathway FROM relationship JOIN pathway_case ON pathway_case.person_id = relationship.other_id WHERE '
                        'relationship.person_id IN (SELECT %s::BIGINT AS person_id UNION ALL SELECT person_link.person_id FROM person_link WHERE person_link.other_id = %s::BIGINT AND '
                        'person_link.ended_at IS NULL UNION ALL SELECT person_link.other_id FROM person_link WHERE person_link.person_id = %s::BIGINT AND person_link.ended_at IS NULL UNION ALL '
                        'SELECT fellow.other_id FROM person_link AS fellow JOIN person_link ON person_link.person_id = fellow.person_id WHERE person_link.other_id = %s::BIGINT AND '
                        "person_link.ended_at IS NULL AND fellow.ended_at IS NULL) AND (relationship.kind = 'sibling'::VARCHAR OR relationship.kind = 'half_sibling'::VARCHAR) AND relationship.to_on "
                        "IS NULL AND pathway_case.is_open AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR "
                        "pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR "
                        "access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR "
                        'access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind '
                        "= 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                        "(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN "
                        "(SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL "
                        'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN '
                        "(SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS "
                        'NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS '
                        "false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access "
                        "WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL "
                        'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT '
                        "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT "
                        'NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER '
                        'BY pathway_case.reference',
                        (('person_id', 'plain'),
                         ('person_id', 'plain'),
                         ('person_id', 'plain'),
                         ('person_id', 'plain'),
                         ('circle', 'plain'),
                         ('circle', 'plain'),
                         ('circle', 'plain'),
                         ('called', 'plain'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('clears', 'plain'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('clears', 'plain'),
                         ('clears', 'plain'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant'),
                         ('viewer', 'plain'),
                         ('viewed_at', 'instant'),
                         ('viewed_at', 'instant')),
                        (('other_id', 'plain'), ('reference', 'plain'), ('pathway', 'plain'))),
 'signatures_of_supervision': ('SELECT supervision_signature.id, supervision_signature.supervision_id, supervision_signature.practitioner_id, supervision_signature.capacity, '
                               'supervision_signature.instead_of, supervision_signature.said, supervision_signature.fingerprint, supervision_signature.signed_at, signer.login FROM '
                               'supervision_signature JOIN practitioner AS signer ON signer.id = supervision_signature.practitioner_id JOIN supervision ON supervision.id = '
                               "supervision_signature.supervision_id WHERE ('*'::VARCHAR = %s::VARCHAR OR supervision.supervisor_id = %s::BIGINT OR supervision.practitioner_id = %s::BIGINT OR "
                               '(EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN practitioner AS head ON head.id = practitioner_role.practitioner_id WHERE '
                               'practitioner_role.practitioner_id = %s::BIGINT AND practitioner_role.from_on <= %s::DATE AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= %s::DATE) '
                               "AND (supervision.kind = 'school'::VARCHAR AND (practitioner_role.role = 'headteacher'::VARCHAR OR practitioner_role.role = 'principal'::VARCHAR) AND "
                               "coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision.team AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) != "
                               "''::VARCHAR OR supervision.kind = 'social_care'::VARCHAR AND (practitioner_role.role = 'senior_officer'::VARCHAR OR practitioner_role.role = "
                               "'service_manager'::VARCHAR) AND (coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision.team OR coalesce(nullif(practitioner_role.team, "
                               "''::VARCHAR), head.team) = ''::VARCHAR))))) AND supervision_signature.supervision_id = %s::BIGINT ORDER BY supervision_signature.id",
                               (('clears', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('today', 'day'), ('supervision_id', 'plain')),
                               (('id', 'plain'),
                                ('supervision_id', 'plain'),
                                ('practitioner_id', 'plain'),
                                ('capacity', 'plain'),
                                ('instead_of', 'plain'),
                                ('said', 'sealed_text'),
                                ('fingerprint', 'plain'),
                                ('signed_at', 'instant'),
                                ('login', 'plain'))),
 'staff_like_person': ('SELECT practitioner.id, practitioner.login, practitioner.title, practitioner.agency, practitioner.team, practitioner.given, practitioner.family, practitioner.folded, '
                       'practitioner.birth_date, practitioner.staff_number, practitioner.email, practitioner.from_on, practitioner.to_on, practitioner.recorded_at, practitioner.staff_number IN '
                       "(SELECT person_identifier.value FROM person_identifier WHERE person_identifier.person_id = %s::BIGINT AND person_identifier.scheme IN ('staff_number'::VARCHAR, "
                       "'staff_number_again'::VARCHAR)) AS by_number FROM practitioner WHERE practitioner.staff_number IN (SELECT person_identifier.value FROM person_identifier WHERE "
                       "person_identifier.person_id = %s::BIGINT AND person_identifier.scheme IN ('staff_number'::VARCHAR, 'staff_number_again'::VARCHAR)) OR practitioner.folded != ''::VARCHAR AND "
                       'practitioner.folded IN (SELECT person_name.folded FROM person_name WHERE person_name.person_id = %s::BIGINT)',
                       (('person_id', 'plain'), ('person_id', 'plain'), ('person_id', 'plain')),
                       (('id', 'plain'),
                        ('login', 'plain'),
                        ('title', 'plain'),
                        ('agency', 'plain'),
                        ('team', 'plain'),
                        ('given', 'plain'),
                        ('family', 'plain'),
                        ('folded', 'plain'),
                        ('birth_date', 'day'),
                        ('staff_number', 'plain'),
                        ('email', 'plain'),
                        ('from_on', 'day'),
                        ('to_on', 'day'),
                        ('recorded_at', 'instant'),
                        ('by_number', 'flag'))),
 'staff_register': ('SELECT practitioner.id, practitioner.login, practitioner.title, practitioner.agency, practitioner.team, practitioner.given, practitioner.family, practitioner.folded, '
                    'practitioner.birth_date, practitioner.staff_number, practitioner.email, practitioner.from_on, practitioner.to_on, practitioner.recorded_at FROM practitioner ORDER BY '
                    'practitioner.login',
                    (),
                    (('id', 'plain'),
                     ('login', 'plain'),
                     ('title', 'plain'),
                     ('agency', 'plain'),
                     ('team', 'plain'),
                     ('given', 'plain'),
                     ('family', 'plain'),
                     ('folded', 'plain'),
                     ('birth_date', 'day'),
                     ('staff_number', 'plain'),
                     ('email', 'plain'),
                     ('from_on', 'day'),
                     ('to_on', 'day'),
                     ('recorded_at', 'instant'))),
 'supervision_action': ('SELECT supervision_action.id, supervision_action.supervision_id, supervision_action.owner_id, supervision_action.due_on, supervision_action.what, '
                        'supervision_action.ended_on, supervision_action.ended_as, supervision_action.ended_why, supervision_action.ended_by, supervision_action.ended_at, owner.login AS owner, '
                        'supervised.login AS practitioner, supervision.held_on FROM supervision_action JOIN supervision ON supervision.id = supervision_action.supervision_id JOIN practitioner AS '
                        "owner ON owner.id = supervision_action.owner_id JOIN practitioner AS supervised ON supervised.id = supervision.practitioner_id WHERE ('*'::VARCHAR = %s::VARCHAR OR "
                        'supervision.supervisor_id = %s::BIGINT OR supervision.practitioner_id = %s::BIGINT OR (EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN practitioner AS head '
                        'ON head.id = practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = %s::BIGINT AND practitioner_role.from_on <= %s::DATE AND (practitioner_role.to_on IS '
                        "NULL OR practitioner_role.to_on >= %s::DATE) AND (supervision.kind = 'school'::VARCHAR AND (practitioner_role.role = 'headteacher'::VARCHAR OR practitioner_role.role = "
                        "'principal'::VARCHAR) AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision.team AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), "
                        "head.team) != ''::VARCHAR OR supervision.kind = 'social_care'::VARCHAR AND (practitioner_role.role = 'senior_officer'::VARCHAR OR practitioner_role.role = "
                        "'service_manager'::VARCHAR) AND (coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision.team OR coalesce(nullif(practitioner_role.team, ''::VARCHAR), "
                        "head.team) = ''::VARCHAR))))) AND supervision_action.id = %s::BIGINT",
                        (('clears', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('today', 'day'), ('action_id', 'plain')),
                        (('id', 'plain'),
                         ('supervision_id', 'plain'),
                         ('owner_id', 'plain'),
                         ('due_on', 'day'),
                         ('what', 'sealed_text'),
                         ('ended_on', 'day'),
                         ('ended_as', 'plain'),
                         ('ended_why', 'sealed_text'),
                         ('ended_by', 'plain'),
                         ('ended_at', 'instant'),
                         ('owner', 'plain'),
                         ('practitioner', 'plain'),
                         ('held_on', 'day'))),
 'supervision_actions': ('SELECT supervision_action.id, supervision_action.supervision_id, supervision_action.owner_id, supervision_action.due_on, supervision_action.what, '
                         'supervision_action.ended_on, supervision_action.ended_as, supervision_action.ended_why, supervision_action.ended_by, supervision_action.ended_at, owner.login AS owner, '
                         'supervised.login AS practitioner, supervision.held_on FROM supervision_action JOIN supervision ON supervision.id = supervision_action.supervision_id JOIN practitioner AS '
                         "owner ON owner.id = supervision_action.owner_id JOIN practitioner AS supervised ON supervised.id = supervision.practitioner_id WHERE ('*'::VARCHAR = %s::VARCHAR OR "
                         'supervision.supervisor_id = %s::BIGINT OR supervision.practitioner_id = %s::BIGINT OR (EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN practitioner AS head '
                         'ON head.id = practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = %s::BIGINT AND practitioner_role.from_on <= %s::DATE AND (practitioner_role.to_on '
                         "IS NULL OR practitioner_role.to_on >= %s::DATE) AND (supervision.kind = 'school'::VARCHAR AND (practitioner_role.role = 'headteacher'::VARCHAR OR practitioner_role.role = "
                         "'principal'::VARCHAR) AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision.team AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), "
                         "head.team) != ''::VARCHAR OR supervision.kind = 'social_care'::VARCHAR AND (practitioner_role.role = 'senior_officer'::VARCHAR OR practitioner_role.role = "
                         "'service_manager'::VARCHAR) AND (coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision.team OR coalesce(nullif(practitioner_role.team, "
                         "''::VARCHAR), head.team) = ''::VARCHAR))))) AND (%s::VARCHAR = ''::VARCHAR OR supervised.login = %s::VARCHAR) ORDER BY supervision_action.due_on, supervision_action.id",
                         (('clears', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('today', 'day'), ('login', 'plain'), ('login', 'plain')),
                         (('id', 'plain'),
                          ('supervision_id', 'plain'),
                          ('owner_id', 'plain'),
                          ('due_on', 'day'),
                          ('what', 'sealed_text'),
                          ('ended_on', 'day'),
                          ('ended_as', 'plain'),
                          ('ended_why', 'sealed_text'),
                          ('ended_by', 'plain'),
                          ('ended_at', 'instant'),
                          ('owner', 'plain'),
                          ('practitioner', 'plain'),
                          ('held_on', 'day'))),
 'supervision_by_id': ('SELECT supervision.id, supervision.kind, supervision.form, supervision.supervisor_id, supervision.practitioner_id, supervision.team, supervision.held_on, '
                       'supervision.head_present, supervision.body, supervision.fingerprint, supervision.by_login, supervision.recorded_at, supervision.destroyed_at, supervision.destroyed_by, '
                       'supervision.certificate, supervisor.login AS supervisor, supervised.login AS practitioner, supervised.title AS title, supervised.to_on AS left_on FROM supervision JOIN '
                       "practitioner AS supervisor ON supervisor.id = supervision.supervisor_id JOIN practitioner AS supervised ON supervised.id = supervision.practitioner_id WHERE ('*'::VARCHAR = "
                       '%s::VARCHAR OR supervision.supervisor_id = %s::BIGINT OR supervision.practitioner_id = %s::BIGINT OR (EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN '
                       'practitioner AS head ON head.id = practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = %s::BIGINT AND practitioner_role.from_on <= %s::DATE AND '
                       "(practitioner_role.to_on IS NULL OR practitioner_role.to_on >= %s::DATE) AND (supervision.kind = 'school'::VARCHAR AND (practitioner_role.role = 'headteacher'::VARCHAR OR "
                       "practitioner_role.role = 'principal'::VARCHAR) AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision.team AND "
                       "coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) != ''::VARCHAR OR supervision.kind = 'social_care'::VARCHAR AND (practitioner_role.role = "
                       "'senior_officer'::VARCHAR OR practitioner_role.role = 'service_manager'::VARCHAR) AND (coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision.team OR "
                       "coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = ''::VARCHAR))))) AND supervision.id = %s::BIGINT",
                       (('clears', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('today', 'day'), ('supervision_id', 'plain')),
                       (('id', 'plain'),
                        ('kind', 'plain'),
                        ('form', 'plain'),
                        ('supervisor_id', 'plain'),
                        ('practitioner_id', 'plain'),
                        ('team', 'plain'),
                        ('held_on', 'day'),
                        ('head_present', 'flag'),
                        ('body', 'sealed_json'),
                        ('fingerprint', 'plain'),
                        ('by_login', 'plain'),
                        ('recorded_at', 'instant'),
                        ('destroyed_at', 'instant'),
                        ('destroyed_by', 'plain'),
                        ('certificate', 'plain'),
                        ('supervisor', 'plain'),
                        ('practitioner', 'plain'),
                        ('title', 'plain'),
                        ('left_on', 'day'))),
 'supervisions': ('SELECT supervision.id, supervision.kind, supervision.form, supervision.supervisor_id, supervision.practitioner_id, supervision.team, supervision.held_on, supervision.head_present, '
                  'supervision.body, supervision.fingerprint, supervision.by_login, supervision.recorded_at, supervision.destroyed_at, supervision.destroyed_by, supervision.certificate, '
                  'supervisor.login AS supervisor, supervised.login AS practitioner, supervised.title AS title, supervised.to_on AS left_on FROM supervision JOIN practitioner AS supervisor ON '
                  "supervisor.id = supervision.supervisor_id JOIN practitioner AS supervised ON supervised.id = supervision.practitioner_id WHERE ('*'::VARCHAR = %s::VARCHAR OR "
                  'supervision.supervisor_id = %s::BIGINT OR supervision.practitioner_id = %s::BIGINT OR (EXISTS (SELECT practitioner_role.id FROM practitioner_role JOIN practitioner AS head ON '
                  'head.id = practitioner_role.practitioner_id WHERE practitioner_role.practitioner_id = %s::BIGINT AND practitioner_role.from_on <= %s::DATE AND (practitioner_role.to_on IS NULL OR '
                  "practitioner_role.to_on >= %s::DATE) AND (supervision.kind = 'school'::VARCHAR AND (practitioner_role.role = 'headteacher'::VARCHAR OR practitioner_role.role = "
                  "'principal'::VARCHAR) AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision.team AND coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) "
                  "!= ''::VARCHAR OR supervision.kind = 'social_care'::VARCHAR AND (practitioner_role.role = 'senior_officer'::VARCHAR OR practitioner_role.role = 'service_manager'::VARCHAR) AND "
                  "(coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = supervision.team OR coalesce(nullif(practitioner_role.team, ''::VARCHAR), head.team) = ''::VARCHAR))))) AND "
                  "(%s::VARCHAR = ''::VARCHAR OR supervised.login = %s::VARCHAR) ORDER BY supervision.held_on DESC, supervision.id DESC",
                  (('clears', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('viewer', 'plain'), ('today', 'day'), ('today', 'day'), ('login', 'plain'), ('login', 'plain')),
                  (('id', 'plain'),
                   ('kind', 'plain'),
                   ('form', 'plain'),
                   ('supervisor_id', 'plain'),
                   ('practitioner_id', 'plain'),
                   ('team', 'plain'),
                   ('held_on', 'day'),
                   ('head_present', 'flag'),
                   ('body', 'sealed_json'),
                   ('fingerprint', 'plain'),
                   ('by_login', 'plain'),
                   ('recorded_at', 'instant'),
                   ('destroyed_at', 'instant'),
                   ('destroyed_by', 'plain'),
                   ('certificate', 'plain'),
                   ('supervisor', 'plain'),
                   ('practitioner', 'plain'),
                   ('title', 'plain'),
                   ('left_on', 'day'))),
 'team_meeting_on': ('SELECT team_meeting.id FROM team_meeting WHERE team_meeting.team = %s::VARCHAR AND team_meeting.held_on = %s::DATE', (('team', 'plain'), ('held_on', 'day')), (('id', 'plain'),)),
 'teams_at_work': ('SELECT practitioner_role.team FROM practitioner_role WHERE practitioner_role.from_on <= %s::DATE AND (practitioner_role.to_on IS NULL OR practitioner_role.to_on >= %s::DATE) '
                   'UNION SELECT practitioner.team FROM practitioner JOIN practitioner_role ON practitioner_role.practitioner_id = practitioner.id WHERE practitioner_role.from_on <= %s::DATE AND '
                   '(practitioner_role.to_on IS NULL OR practitioner_role.to_on >= %s::DATE)',
                   (('on', 'day'), ('on', 'day'), ('on', 'day'), ('on', 'day')),
                   (('team', 'plain'),)),
 'tombstone_of': ('SELECT tombstone.case_ref, tombstone.pathway, tombstone.entries, tombstone.head, tombstone.rule, tombstone.because, tombstone.by_login, tombstone.second_login, '
                  'tombstone.destroyed_at, tombstone.certificate FROM tombstone WHERE tombstone.case_ref = %s::VARCHAR',
                  (('case_ref', 'plain'),),
                  (('case_ref', 'plain'),
                   ('pathway', 'plain'),
                   ('entries', 'plain'),
                   ('head', 'bytes'),
                   ('rule', 'plain'),
                   ('because', 'plain'),
                   ('by_login', 'plain'),
                   ('second_login', 'plain'),
                   ('destroyed_at', 'instant'),
                   ('certificate', 'plain'))),
 'tonight': ("SELECT row_security_active('trail'::VARCHAR) AS held, EXISTS (SELECT 1 FROM deadline WHERE deadline.look_at < %s::TIMESTAMP WITH TIME ZONE) AS due, EXISTS (SELECT 1 FROM practitioner "
             'WHERE practitioner.id IS NOT NULL) AS subjects, EXISTS (SELECT 1 FROM person WHERE person.expected_delivery_date IS NOT NULL) AS births, EXISTS (SELECT 1 FROM outbox WHERE outbox.event '
             "= 'pathways.person.died'::VARCHAR) AS deaths, EXISTS (SELECT 1 FROM person_identifier WHERE person_identifier.scheme = 'la_child_id_again'::VARCHAR) AS seconds",
             (('as_of', 'instant'),),
             (('held', 'plain'), ('due', 'flag'), ('subjects', 'flag'), ('births', 'flag'), ('deaths', 'flag'), ('seconds', 'flag'))),
 'trail_of_case': ('SELECT trail.case_ref, trail.seq, trail.at, trail.effective_at, trail.actor, trail.role, trail.action, trail.from_state, trail.to_state, trail.rule, trail.basis, trail.voids, '
                   'trail.key, trail.commitment, trail.prev, trail.hash, trail.format, trail_payload.salt, trail_payload.body FROM trail LEFT OUTER JOIN trail_payload ON trail_payload.case_ref = '
                   "trail.case_ref AND trail_payload.seq = trail.seq JOIN pathway_case ON pathway_case.reference = trail.case_ref WHERE trail.case_ref = %s::VARCHAR AND ('*'::VARCHAR = %s::VARCHAR "
                   "OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT "
                   "access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND "
                   'access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR '
                   "pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) "
                   'AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP '
                   "WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = "
                   "%s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                   '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT access.person_id FROM access WHERE access.practitioner_id '
                   "= %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                   "(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway "
                   "|| ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = "
                   "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                   '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
                   "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= "
                   '%s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) ORDER BY trail.seq',
                   (('reference', 'plain'),
                    ('circle', 'plain'),
                    ('circle', 'plain'),
                    ('circle', 'plain'),
                    ('called', 'plain'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant'),
                    ('clears', 'plain'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant'),
                    ('clears', 'plain'),
                    ('clears', 'plain'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant'),
                    ('viewer', 'plain'),
                    ('viewed_at', 'instant'),
                    ('viewed_at', 'instant')),
                   (('case_ref', 'plain'),
                    ('seq', 'plain'),
                    ('at', 'instant'),
                    ('effective_at', 'instant'),
                    ('actor', 'plain'),
                    ('role', 'plain'),
                    ('action', 'plain'),
                    ('from_state', 'plain'),
                    ('to_state', 'plain'),
                    ('rule', 'plain'),
                    ('basis', 'plain'),
                    ('voids', 'plain'),
                    ('key', 'plain'),
                    ('commitment', 'bytes'),
                    ('prev', 'bytes'),
                    ('hash', 'bytes'),
                    ('format', 'plain'),
                    ('salt', 'bytes'),
                    ('body', 'sealed_text'))),
 'training_on': ('SELECT training.id FROM training WHERE training.practitioner_id = %s::BIGINT AND training.completed_on = %s::DATE',
                 (('practitioner_id', 'plain'), ('on', 'day')),
                 (('id', 'plain'),)),
 'tree_runs': ('SELECT tree_run.place, tree_run.hashes FROM tree_run WHERE tree_run.level = %s::BIGINT AND tree_run.place = ANY (%s::BIGINT[])',
               (('level', 'plain'), ('places', 'plain')),
               (('place', 'plain'), ('hashes', 'bytes'))),
 'unclaim_notice': ('UPDATE notice SET send_after=%s::TIMESTAMP WITH TIME ZONE, attempts=%s::BIGINT, last_fault=%s::VARCHAR WHERE notice.id = %s::BIGINT',
                    (('send_after', 'instant'), ('attempts', 'plain'), ('last_fault', 'plain'), ('notice_id', 'plain')),
                    ()),
 'uncovered_chains': ('SELECT chain.case_ref, chain.seq, chain.hash, last_leaf.place, coalesce(last_leaf.entries, 0::INTEGER) AS covered, last_leaf.head AS covered_head FROM (SELECT waiting.case_ref '
                      'AS case_ref, ending.seq AS seq, ending.hash AS hash FROM (SELECT DISTINCT oldest.case_ref AS case_ref FROM (SELECT uncovered.id AS id, uncovered.case_ref AS case_ref FROM '
                      'uncovered ORDER BY uncovered.id LIMIT %s::BIGINT) AS oldest) AS waiting JOIN LATERAL (SELECT trail.seq AS seq, trail.hash AS hash FROM trail WHERE trail.case_ref = '
                      'waiting.case_ref ORDER BY trail.seq DESC LIMIT 1::INTEGER) AS ending ON true) AS chain LEFT OUTER JOIN LATERAL (SELECT checkpoint_leaf.place AS place, checkpoint_leaf.entries '
                      'AS entries, checkpoint_leaf.head AS head FROM checkpoint_leaf WHERE checkpoint_leaf.case_ref = chain.case_ref ORDER BY checkpoint_leaf.checkpoint_id DESC LIMIT 1::INTEGER) AS '
                      'last_leaf ON true',
                      (('most', 'plain'),),
                      (('case_ref', 'plain'), ('seq', 'plain'), ('hash', 'bytes'), ('place', 'plain'), ('covered', 'plain'), ('covered_head', 'bytes'))),
 'unpark': ('DELETE FROM parked WHERE parked.case_id = %s::BIGINT', (('case_id', 'plain'),), ()),
 'unused_of_import': ('SELECT import_unused.id, import_unused.run_id, import_unused.child, import_unused.line, import_unused.element, import_unused.value, import_unused.reason, import_unused.rule, '
                      'import_unused.kind FROM import_unused WHERE import_unused.run_id = %s::BIGINT ORDER BY import_unused.id',
                      (('run_id', 'plain'),),
                      (('id', 'plain'),
                       ('run_id', 'plain'),
                       ('child', 'plain'),
                       ('line', 'plain'),
                       ('element', 'plain'),
                       ('value', 'plain'),
                       ('reason', 'plain'),
                       ('rule', 'plain'),
                       ('kind', 'plain'))),
 'void_record': ('UPDATE record SET voided_seq=%s::INTEGER WHERE record.case_id = %s::BIGINT AND record.seq = %s::BIGINT', (('voided_seq', 'plain'), ('case_id', 'plain'), ('seq', 'plain')), ()),
 'waiting_proposal': ('SELECT proposal.id, proposal.kind, proposal.target, proposal.details, proposal.because, proposal.asked_by, proposal.asked_at, proposal.verdict, proposal.decided_by, '
                      "proposal.decided_at, proposal.decided_because FROM proposal WHERE proposal.target = %s::VARCHAR AND proposal.kind = %s::VARCHAR AND proposal.verdict = 'waiting'::VARCHAR ORDER "
                      'BY proposal.id DESC LIMIT 1::INTEGER',
                      (('target', 'plain'), ('kind', 'plain')),
                      (('id', 'plain'),
                       ('kind', 'plain'),
                       ('target', 'plain'),
                       ('details', 'json'),
                       ('because', 'plain'),
                       ('asked_by', 'plain'),
                       ('asked_at', 'instant'),
                       ('verdict', 'plain'),
                       ('decided_by', 'plain'),
                       ('decided_at', 'instant'),
                       ('decided_because', 'plain'))),
 'wall_cases': ('SELECT pathway_case.id, pathway_case.person_id, pathway_case.episode_id, pathway_case.state, pathway_case.is_open, pathway_case.outcome, pathway_case.facts, pathway_case.opened_at, '
                'pathway_case.closed_at FROM pathway_case WHERE pathway_case.restricted IS false AND pathway_case.pathway = %s::VARCHAR AND (pathway_case.is_open OR pathway_case.closed_at >= '
                '%s::TIMESTAMP WITH TIME ZONE)',
                (('pathway', 'plain'), ('since', 'instant')),
                (('id', 'plain'),
                 ('person_id', 'plain'),
                 ('episode_id', 'plain'),
                 ('state', 'plain'),
                 ('is_open', 'flag'),
                 ('outcome', 'plain'),
                 ('facts', 'sealed_json'),
                 ('opened_at', 'instant'),
                 ('closed_at', 'instant'))),
 'wall_checkpoint': ('SELECT checkpoint.at, checkpoint.chains FROM checkpoint ORDER BY checkpoint.id DESC LIMIT 1::INTEGER', (), (('at', 'instant'), ('chains', 'plain'))),
 'wall_clocks': ('SELECT deadline.case_id, deadline.rule, deadline.due_on, deadline.due_at, deadline.status, deadline.closed_at FROM deadline JOIN pathway_case ON pathway_case.id = deadline.case_id '
                 "WHERE pathway_case.restricted IS false AND pathway_case.pathway = %s::VARCHAR AND replace(%s::VARCHAR, ','::VARCHAR || deadline.rule || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR "
                 "AND (deadline.closed_at IS NULL AND (deadline.status = 'open'::VARCHAR OR deadline.status = 'missed'::VARCHAR) OR deadline.status = 'met'::VARCHAR AND (pathway_case.is_open OR "
                 'deadline.closed_at >= %s::TIMESTAMP WITH TIME ZONE)) ORDER BY deadline.case_id, deadline.due_at',
                 (('pathway', 'plain'), ('rules', 'plain'), ('rules', 'plain'), ('since', 'instant')),
                 (('case_id', 'plain'), ('rule', 'plain'), ('due_on', 'day'), ('due_at', 'instant'), ('status', 'plain'), ('closed_at', 'instant'))),
 'wall_former_plans': ("SELECT pathway_case.person_id, pathway_case.closed_at FROM pathway_case WHERE pathway_case.restricted IS false AND pathway_case.pathway = 'child_protection'::VARCHAR AND "
                       "pathway_case.state = 'ended'::VARCHAR AND pathway_case.is_open IS false AND pathway_case.closed_at < %s::TIMESTAMP WITH TIME ZONE",
                       (('before', 'instant'),),
                       (('person_id', 'plain'), ('closed_at', 'instant'))),
 'wall_impossible': ('SELECT coalesce(sum(CASE WHEN (episode.opened_on < person.birth_date AND person.expected_delivery_date IS NULL) THEN 1::INTEGER ELSE 0::INTEGER END), 0::INTEGER) AS '
                     'before_birth, coalesce(sum(CASE WHEN (episode.closed_on < episode.opened_on) THEN 1::INTEGER ELSE 0::INTEGER END), 0::INTEGER) AS closed_first, coalesce(sum(CASE WHEN '
                     '(episode.opened_on > person.died_on) THEN 1::INTEGER ELSE 0::INTEGER END), 0::INTEGER) AS after_death, coalesce(sum(CASE WHEN (episode.opened_on > %s::DATE) THEN 1::INTEGER '
                     'ELSE 0::INTEGER END), 0::INTEGER) AS in_future FROM episode JOIN person ON person.id = episode.person_id WHERE EXISTS (SELECT * FROM pathway_case WHERE pathway_case.episode_id '
                     '= episode.id AND pathway_case.restricted IS false)',
                     (('today', 'day'),),
                     (('before_birth', 'plain'), ('closed_first', 'plain'), ('after_death', 'plain'), ('in_future', 'plain'))),
 'wall_known': ('SELECT pathway_case.pathway, count(*) AS cases, coalesce(sum(CASE WHEN (person.birth_date IS NOT NULL OR person.expected_delivery_date IS NOT NULL) THEN 1::INTEGER ELSE 0::INTEGER '
                "END), 0::INTEGER) AS birth, coalesce(sum(CASE WHEN (person.sex = 'M'::VARCHAR OR person.sex = 'F'::VARCHAR) THEN 1::INTEGER ELSE 0::INTEGER END), 0::INTEGER) AS sex, "
                'coalesce(sum(CASE WHEN (person.ethnicity IS NOT NULL) THEN 1::INTEGER ELSE 0::INTEGER END), 0::INTEGER) AS ethnicity, coalesce(sum(CASE WHEN (episode.referral_source IS NOT NULL) '
                'THEN 1::INTEGER ELSE 0::INTEGER END), 0::INTEGER) AS source, coalesce(sum(CASE WHEN (episode.primary_need IS NOT NULL) THEN 1::INTEGER ELSE 0::INTEGER END), 0::INTEGER) AS need FROM '
                'pathway_case JOIN person ON person.id = pathway_case.person_id JOIN episode ON episode.id = pathway_case.episode_id WHERE pathway_case.restricted IS false AND pathway_case.is_open '
                "AND (pathway_case.pathway = 'child_in_need'::VARCHAR OR pathway_case.pathway = 'child_protection'::VARCHAR OR pathway_case.pathway = 'immediate_protection'::VARCHAR) GROUP BY "
                'pathway_case.pathway ORDER BY pathway_case.pathway',
                (),
                (('pathway', 'plain'), ('cases', 'plain'), ('birth', 'plain'), ('sex', 'plain'), ('ethnicity', 'plain'), ('source', 'plain'), ('need', 'plain'))),
 'wall_late': ('SELECT pathway_case.reference, pathway_case.pathway, pathway_case.team, deadline.rule, deadline.due_at FROM deadline JOIN pathway_case ON pathway_case.id = deadline.case_id WHERE '
               "deadline.closed_at IS NULL AND (deadline.status = 'open'::VARCHAR OR deadline.status = 'missed'::VARCHAR) AND pathway_case.restricted IS false AND pathway_case.guarded IS false AND "
               "deadline.due_at < %s::TIMESTAMP WITH TIME ZONE AND replace(%s::VARCHAR, ','::VARCHAR || deadline.rule || ','::VARCHAR, ''::VARCHAR) = %s::VARCHAR ORDER BY deadline.due_at, "
               'pathway_case.reference, deadline.rule LIMIT %s::BIGINT',
               (('now', 'instant'), ('gates', 'plain'), ('gates', 'plain'), ('most', 'plain')),
               (('reference', 'plain'), ('pathway', 'plain'), ('team', 'plain'), ('rule', 'plain'), ('due_at', 'instant'))),
 'wall_late_tasks': ('SELECT count(*) AS tasks, count(DISTINCT deadline.case_id) AS cases FROM deadline JOIN pathway_case ON pathway_case.id = deadline.case_id WHERE deadline.closed_at IS NULL AND '
                     "(deadline.status = 'open'::VARCHAR OR deadline.status = 'missed'::VARCHAR) AND pathway_case.restricted IS false AND deadline.due_at < %s::TIMESTAMP WITH TIME ZONE AND "
                     "replace(%s::VARCHAR, ','::VARCHAR || deadline.rule || ','::VARCHAR, ''::VARCHAR) = %s::VARCHAR",
                     (('now', 'instant'), ('gates', 'plain'), ('gates', 'plain')),
                     (('tasks', 'plain'), ('cases', 'plain'))),
 'wall_loads': ('SELECT pathway_case.pathway, pathway_case.team, pathway_case.lead, count(*) AS cases FROM pathway_case WHERE pathway_case.restricted IS false AND pathway_case.is_open GROUP BY '
                'pathway_case.pathway, pathway_case.team, pathway_case.lead ORDER BY pathway_case.pathway, pathway_case.team',
                (),
                (('pathway', 'plain'), ('team', 'plain'), ('lead', 'plain'), ('cases', 'plain'))),
 'wall_over_time': ('SELECT daily_count.day, daily_count.pathway, sum(daily_count.open_cases) AS open_cases, sum(daily_count.late) AS late FROM daily_count WHERE daily_count.day >= %s::DATE GROUP BY '
                    'daily_count.day, daily_count.pathway ORDER BY daily_count.day, daily_count.pathway',
                    (('since', 'day'),),
                    (('day', 'day'), ('pathway', 'plain'), ('open_cases', 'plain'), ('late', 'plain'))),
 'wall_plans': ('SELECT episode.id, episode.details FROM episode JOIN pathway_case ON pathway_case.episode_id = episode.id WHERE pathway_case.restricted IS false AND pathway_case.pathway = '
                "'child_protection'::VARCHAR AND (pathway_case.is_open OR pathway_case.closed_at >= %s::TIMESTAMP WITH TIME ZONE) AND episode.source_key IS NOT NULL AND "
                'replace(replace(episode.details, \'"previous_plans":0\'::VARCHAR, \'\'::VARCHAR), \'"previous_plans":\'::VARCHAR, \'\'::VARCHAR) != replace(episode.details, '
                '\'"previous_plans":0\'::VARCHAR, \'\'::VARCHAR)',
                (('since', 'instant'),),
                (('id', 'plain'), ('details', 'json'))),
 'wall_records': ('SELECT record.case_id, record.kind, record.happened_at, record.body FROM record JOIN pathway_case ON pathway_case.id = record.case_id WHERE pathway_case.restricted IS false AND '
                  "replace(%s::VARCHAR, ','::VARCHAR || record.kind || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR AND record.happened_at >= %s::TIMESTAMP WITH TIME ZONE AND record.voided_seq IS NULL "
                  'ORDER BY record.case_id, record.happened_at, record.id',
                  (('kinds', 'plain'), ('kinds', 'plain'), ('since', 'instant')),
                  (('case_id', 'plain'), ('kind', 'plain'), ('happened_at', 'instant'), ('body', 'sealed_json'))),
 'wall_referred': ('SELECT DISTINCT episode.person_id, episode.id, episode.opened_on FROM episode JOIN pathway_case ON pathway_case.episode_id = episode.id WHERE pathway_case.restricted IS false AND '
                   "(pathway_case.pathway = 'front_door'::VARCHAR AND NOT (pathway_case.state = 'draft'::VARCHAR OR pathway_case.state = 'emergency'::VARCHAR OR pathway_case.state = "
                   "'internal_dispute'::VARCHAR OR pathway_case.state = 'not_referred'::VARCHAR) OR pathway_case.pathway = 'child_in_need'::VARCHAR OR pathway_case.pathway = "
                   "'child_protection'::VARCHAR OR pathway_case.pathway = 'immediate_protection'::VARCHAR) AND episode.opened_on >= %s::DATE",
                   (('since', 'day'),),
                   (('person_id', 'plain'), ('id', 'plain'), ('opened_on', 'day'))),
 'wall_runs': ('SELECT check_run.id, check_run.as_of, check_run.started_at, check_run.finished_at, check_run.rulebook, check_run.calendar, check_run.cases, check_run.missed, check_run.moved, '
               'check_run.reminded, check_run.parked FROM check_run ORDER BY check_run.as_of DESC, check_run.id DESC LIMIT %s::BIGINT',
               (('most', 'plain'),),
               (('id', 'plain'),
                ('as_of', 'instant'),
                ('started_at', 'instant'),
                ('finished_at', 'instant'),
                ('rulebook', 'plain'),
                ('calendar', 'plain'),
                ('cases', 'plain'),
                ('missed', 'plain'),
                ('moved', 'plain'),
                ('reminded', 'plain'),
                ('parked', 'plain'))),
 'wall_standing': ('SELECT pathway_case.pathway, pathway_case.team, count(*) AS cases, coalesce(sum(CASE WHEN (presses.due < %s::TIMESTAMP WITH TIME ZONE) THEN 1::INTEGER ELSE 0::INTEGER END), '
                   '0::INTEGER) AS late, coalesce(sum(CASE WHEN (presses.due >= %s::TIMESTAMP WITH TIME ZONE AND presses.due <= %s::TIMESTAMP WITH TIME ZONE) THEN 1::INTEGER ELSE 0::INTEGER END), '
                   '0::INTEGER) AS today, coalesce(sum(CASE WHEN (presses.due > %s::TIMESTAMP WITH TIME ZONE AND presses.due <= %s::TIMESTAMP WITH TIME ZONE) THEN 1::INTEGER ELSE 0::INTEGER END), '
                   '0::INTEGER) AS week, coalesce(sum(CASE WHEN (presses.due < %s::TIMESTAMP WITH TIME ZONE AND presses.due >= %s::TIMESTAMP WITH TIME ZONE) THEN 1::INTEGER ELSE 0::INTEGER END), '
                   '0::INTEGER) AS fresh, coalesce(sum(CASE WHEN pathway_case.is_open THEN 1::INTEGER ELSE 0::INTEGER END), 0::INTEGER) AS still_open FROM pathway_case LEFT OUTER JOIN (SELECT '
                   "deadline.case_id AS case_id, min(deadline.due_at) AS due FROM deadline WHERE deadline.closed_at IS NULL AND (deadline.status = 'open'::VARCHAR OR deadline.status = "
                   "'missed'::VARCHAR) AND replace(%s::VARCHAR, ','::VARCHAR || deadline.rule || ','::VARCHAR, ''::VARCHAR) = %s::VARCHAR GROUP BY deadline.case_id) AS presses ON presses.case_id = "
                   'pathway_case.id WHERE pathway_case.restricted IS false AND (pathway_case.is_open OR presses.due IS NOT NULL) GROUP BY pathway_case.pathway, pathway_case.team ORDER BY '
                   'pathway_case.pathway, pathway_case.team',
                   (('now', 'instant'),
                    ('now', 'instant'),
                    ('tonight', 'instant'),
                    ('tonight', 'instant'),
                    ('until', 'instant'),
                    ('now', 'instant'),
                    ('since', 'instant'),
                    ('gates', 'plain'),
                    ('gates', 'plain')),
                   (('pathway', 'plain'), ('team', 'plain'), ('cases', 'plain'), ('late', 'plain'), ('today', 'plain'), ('week', 'plain'), ('fresh', 'plain'), ('still_open', 'plain'))),
 'whole_tombstones': ('SELECT tombstone.case_ref, tombstone.pathway, tombstone.entries, tombstone.head, tombstone.rule, tombstone.because, tombstone.by_login, tombstone.second_login, '
                      'tombstone.destroyed_at, tombstone.certificate FROM tombstone ORDER BY tombstone.case_ref',
                      (),
                      (('case_ref', 'plain'),
                       ('pathway', 'plain'),
                       ('entries', 'plain'),
                       ('head', 'bytes'),
                       ('rule', 'plain'),
                       ('because', 'plain'),
                       ('by_login', 'plain'),
                       ('second_login', 'plain'),
                       ('destroyed_at', 'instant'),
                       ('certificate', 'plain'))),
 'whole_trail': ('SELECT trail.case_ref, trail.seq, trail.at, trail.effective_at, trail.actor, trail.role, trail.action, trail.from_state, trail.to_state, trail.rule, trail.basis, trail.voids, '
                 'trail.key, trail.commitment, trail.prev, trail.hash, trail.format, trail_payload.salt, trail_payload.body FROM trail LEFT OUTER JOIN trail_payload ON trail_payload.case_ref = '
                 'trail.case_ref AND trail_payload.seq = trail.seq ORDER BY trail.case_ref, trail.seq',
                 (),
                 (('case_ref', 'plain'),
                  ('seq', 'plain'),
                  ('at', 'instant'),
                  ('effective_at', 'instant'),
                  ('actor', 'plain'),
                  ('role', 'plain'),
                  ('action', 'plain'),
                  ('from_state', 'plain'),
                  ('to_state', 'plain'),
                  ('rule', 'plain'),
                  ('basis', 'plain'),
                  ('voids', 'plain'),
                  ('key', 'plain'),
                  ('commitment', 'bytes'),
                  ('prev', 'bytes'),
                  ('hash', 'bytes'),
                  ('format', 'plain'),
                  ('salt', 'bytes'),
                  ('body', 'sealed_text'))),
 'withhold_messages': ('UPDATE outbox SET event_id=NULL, sent_at=NULL, done_at=%s::TIMESTAMP WITH TIME ZONE WHERE outbox.done_at IS NULL AND (EXISTS (SELECT pathway_case.id FROM pathway_case WHERE '
                       'pathway_case.reference = outbox.case_ref AND pathway_case.guarded))',
                       (('now', 'instant'),),
                       ()),
 'work_until': ("SELECT pathway_case.reference, pathway_case.pathway, pathway_case.state, pathway_case.team, pathway_case.lead, CASE WHEN (deadline.rule IN ('cp.report_icpc', 'cp.report_rcpc')) THEN "
                'pathway_case.facts END AS facts, deadline.rule, deadline.due_on, deadline.due_at, deadline.plan_by, deadline.status, deadline.statutory FROM deadline JOIN pathway_case ON '
                "pathway_case.id = deadline.case_id WHERE deadline.closed_at IS NULL AND ('*'::VARCHAR = %s::VARCHAR OR replace(%s::VARCHAR, '|'::VARCHAR || pathway_case.team || '|'::VARCHAR, "
                "''::VARCHAR) != %s::VARCHAR OR pathway_case.lead = %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = "
                "'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND "
                '(access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id FROM access WHERE access.practitioner_id = '
                "%s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND access.from_at <= %s::TIMESTAMP "
                "WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.guarded IS false OR '*'::VARCHAR = %s::VARCHAR OR (pathway_case.id "
                "NOT IN (SELECT access.case_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.case_id IS NOT NULL AND access.ended_at IS NULL "
                'AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.person_id NOT IN (SELECT '
                "access.person_id FROM access WHERE access.practitioner_id = %s::BIGINT AND access.kind = 'excluded'::VARCHAR AND access.person_id IS NOT NULL AND access.ended_at IS NULL AND "
                'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE))) AND (pathway_case.restricted IS false OR '
                "replace(%s::VARCHAR, ','::VARCHAR || pathway_case.pathway || ','::VARCHAR, ''::VARCHAR) != %s::VARCHAR OR pathway_case.id IN (SELECT access.case_id FROM access WHERE "
                "access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.case_id IS NOT NULL AND access.ended_at IS NULL AND "
                'access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)) OR pathway_case.person_id IN (SELECT access.person_id '
                "FROM access WHERE access.practitioner_id = %s::BIGINT AND (access.kind = 'allowed'::VARCHAR OR access.kind = 'glass'::VARCHAR) AND access.person_id IS NOT NULL AND access.ended_at "
                "IS NULL AND access.from_at <= %s::TIMESTAMP WITH TIME ZONE AND (access.until_at IS NULL OR access.until_at > %s::TIMESTAMP WITH TIME ZONE)))) AND (deadline.status = 'open'::VARCHAR "
                "OR deadline.status = 'missed'::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.team = %s::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.lead = %s::VARCHAR OR "
                "pathway_case.lead = %s::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.pathway = %s::VARCHAR) AND (%s::VARCHAR = ''::VARCHAR OR pathway_case.state = %s::VARCHAR) AND "
                'deadline.due_at <= %s::TIMESTAMP WITH TIME ZONE ORDER BY deadline.due_at ASC, pathway_case.reference, deadline.rule LIMIT %s::BIGINT',
                (('circle', 'plain'),
                 ('circle', 'plain'),
                 ('circle', 'plain'),
                 ('called', 'plain'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('clears', 'plain'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('clears', 'plain'),
                 ('clears', 'plain'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('viewer', 'plain'),
                 ('viewed_at', 'instant'),
                 ('viewed_at', 'instant'),
                 ('team', 'plain'),
                 ('team', 'plain'),
                 ('lead', 'plain'),
                 ('lead', 'plain'),
                 ('title', 'plain'),
                 ('pathway', 'plain'),
                 ('pathway', 'plain'),
                 ('state', 'plain'),
                 ('state', 'plain'),
                 ('until', 'instant'),
                 ('most', 'plain')),
                (('reference', 'plain'),
                 ('pathway', 'plain'),
                 ('state', 'plain'),
                 ('team', 'plain'),
                 ('lead', 'plain'),
                 ('facts', 'sealed_json'),
                 ('rule', 'plain'),
                 ('due_on', 'day'),
                 ('due_at', 'instant'),
                 ('plan_by', 'day'),
                 ('status', 'plain'),
                 ('statutory', 'flag'))),
 'written_since': ('SELECT coalesce(((SELECT max(uncovered.id) AS max_1 FROM uncovered) - (SELECT min(uncovered.id) AS min_1 FROM uncovered)) + 1::BIGINT, 0::INTEGER) AS waiting, (SELECT count(*) AS '
                   'count_1 FROM check_run WHERE check_run.id = (SELECT max(check_run.id) AS max_2 FROM check_run) AND check_run.finished_at IS NULL AND check_run.started_at > %s::TIMESTAMP WITH '
                   'TIME ZONE) AS checking',
                   (('checks_since', 'instant'),),
                   (('waiting', 'plain'), ('checking', 'plain')))}
