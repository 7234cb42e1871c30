"""Every table without row-level security, and why. A new table stands here with a reason, or has policies.

The reason says who may read the rows of the table and what the portal's own code does where not everybody may.
"""

LIBRARY = "a library's own table; it holds nothing of any enterprise or case"
BEFORE = "read to know who somebody is, before there is any sight"
SECRET = "secrets as hashes or sealed; no page and no interface reads the table, allauth and the token door do by key"
PUBLIC = "public by its nature"
HOUSE = "the machine's own bookkeeping, read by the system administrator and by the night's work"

WITHOUT = {
    # accounts
    "accounts_user": BEFORE,
    "accounts_post": BEFORE,
    "accounts_office": "offices of the state are public",
    "accounts_user_groups": LIBRARY,
    "accounts_user_user_permissions": LIBRARY,
    "accounts_attempts": "counted before anybody is known: which account or address was tried, and how often",
    "accounts_cache": "used one-time codes, looked at before anybody is known",
    "account_emailaddress": BEFORE,
    "account_emailconfirmation": BEFORE,
    "auth_group": LIBRARY,
    "auth_group_permissions": LIBRARY,
    "auth_permission": LIBRARY,
    "django_session": BEFORE,
    "usersessions_usersession": "a person's own list of sign-ins; the one page that reads it asks for its own person's rows",
    "mfa_authenticator": SECRET,
    "enterprises_membership": BEFORE,
    # interface
    "exchange_apiclient": SECRET,
    "oauth2_provider_accesstoken": SECRET,
    "oauth2_provider_refreshtoken": SECRET,
    "oauth2_provider_grant": SECRET,
    "oauth2_provider_idtoken": SECRET,
    "oauth2_provider_devicegrant": SECRET,
    "exchange_change": "the feed's reader narrows it to its reach; rows carry no content",
    # the record
    "audit_auditevent": "read through the record's own doors, each of which narrows it; rows outlive what they are about",
    "audit_auditlink": "hashes over the record",
    "audit_auditseal": "signatures over the record",
    "audit_inspection": HOUSE,
    # the machine
    "ledger_workitem": HOUSE,
    "outages_outage": "our own failures are public",
    "outages_pulse": HOUSE,
    "django_celery_beat_clockedschedule": LIBRARY,
    "django_celery_beat_crontabschedule": LIBRARY,
    "django_celery_beat_intervalschedule": LIBRARY,
    "django_celery_beat_periodictask": LIBRARY,
    "django_celery_beat_periodictasks": LIBRARY,
    "django_celery_beat_solarschedule": LIBRARY,
    "django_content_type": LIBRARY,
    "django_migrations": LIBRARY,
    # letters; the text itself is mailroom_message and is walled
    "mailroom_delivery": "that a letter went, by which way and what the carrier said; text and person are in the walled letter",
    "mailroom_proof": "that a notice was taken and by whom; reached through the walled letter only",
    "mailroom_digest": "that a person got a summary on a day; the summary's lines are walled letters",
    "mailroom_choice": "a person's own choices of ways; the sorting room reads them for everybody",
    "mailroom_quiethours": "a person's own quiet hours; the sorting room reads them for everybody",
    "mailroom_localsms": "the demonstration's telephone: empty wherever SMS_ADAPTER is not local",
    # what is the same for everybody
    "regions_recommendingbody": PUBLIC,
    "workdays_day": PUBLIC,
    "workdays_year": PUBLIC,
    "incentives_measure": PUBLIC,
    "incentives_measureitem": PUBLIC,
    "incentives_duty": PUBLIC,
    "certification_ruleset": "standards are public once published; a draft is the province's laboratory and names nobody",
    "certification_overlay": "as the standards",
    "certification_confirmation": "who looked into a mark of a standard, printed beside it",
    "certification_interpretation": "answers to questions about standards are for everybody; they name no firm",
    "certification_continuationruling": "rulings on a rule, for everybody",
    "certification_dayruling": "rulings on an arguable day, for everybody",
    "certification_call": "calls are public once published; drafts are the province's own desk and name no firm",
    "certification_termextension": "our failure and a day on which terms end; no firm is named, and the page is the province's",
    "certification_extension": "our failure and the window it lengthens concern everybody",
    "certification_target": "targets are the province's published plan",
    "certification_stagelimit": "how long a stage may take, for everybody",
    "certification_stagetime": "how long a stage took, without saying whose case it was",
    "certification_certificate": "titles are public",
    "certification_announcement": "announcements are public",
    "certification_posting": "postings are public; the firms of a list are its lines, and those of a draft are walled",
    "certification_cohort": "who is due is public as a list; its lines are walled",
    "certification_cycle": HOUSE,
    "certification_sequence": "the last number drawn",
    "certification_restoration": "that a title stands again, by which document: public as titles are",
    "certification_round": "draws are published; whose case it is and who reviews it are walled",
    "certification_visitsample": "a draw's counts, seed and application numbers, which name nobody; whose they are is walled",
    "certification_savedview": "an official's own names for filters; the page asks for its own person's rows",
}
