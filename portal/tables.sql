-- migrations: 83603a5d253e30622b191db0cd0a124f6fb3e998d1a1be6b90dd2ed3226f1d3f
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE FUNCTION public.audit_auditevent_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'audit_auditevent is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.audit_auditlink_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'audit_auditlink is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.audit_auditseal_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'audit_auditseal is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.certification_announcementdraft_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_announcementdraft', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('draft','announced'), ('draft','discarded'), ('draft','signed'), ('signed','announced'), ('signed','draft')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_announcementdraft', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_application_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_application', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('city_review','province_review'), ('city_review','returned'), ('city_review','to_refuse'), ('city_review','withdrawn'), ('decided','granted'), ('decided','to_refuse'), ('draft','city_review'), ('draft','province_review'), ('draft','screening'), ('draft','withdrawn'), ('posted','decided'), ('posted','province_review'), ('posted','to_refuse'), ('province_review','posted'), ('province_review','recommended'), ('province_review','returned'), ('province_review','to_refuse'), ('province_review','withdrawn'), ('recommended','national_granted'), ('recommended','national_refused'), ('returned','city_review'), ('returned','province_review'), ('returned','screening'), ('returned','withdrawn'), ('screening','city_review'), ('screening','province_review'), ('screening','returned'), ('screening','to_refuse'), ('screening','withdrawn'), ('to_refuse','city_review'), ('to_refuse','decided'), ('to_refuse','posted'), ('to_refuse','province_review'), ('to_refuse','refused'), ('to_refuse','screening'), ('to_refuse','withdrawn')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_application', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_assignment_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'drawn' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_assignment', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('declared','recused'), ('declared','scored'), ('drawn','declared'), ('drawn','recused')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_assignment', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_assistance_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'open' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_assistance', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('open','dropped'), ('open','mended'), ('open','not_mended')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_assistance', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_assistancenote_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'certification_assistancenote is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.certification_ballot_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'certification_ballot is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.certification_call_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_call', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('draft','published'), ('published','closed')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_call', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_certificate_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'valid' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_certificate', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('expired','not_renewed'), ('expired','renewed'), ('not_renewed','renewed'), ('revoked','valid'), ('valid','absorbed'), ('valid','dissolved'), ('valid','expired'), ('valid','migrated'), ('valid','not_renewed'), ('valid','renewed'), ('valid','revoked'), ('valid','withdrawn')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_certificate', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_certificate_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      INSERT INTO enterprises_touched (enterprise_id, names)
      SELECT enterprise_id, array_agg(DISTINCT 'holds'::varchar) FROM changed GROUP BY 1;
      RETURN NULL;
    END $$;
CREATE FUNCTION public.certification_consultation_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'asked' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_consultation', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('answered','answered'), ('asked','answered'), ('asked','asked'), ('asked','silent'), ('asked','taken_back'), ('silent','answered'), ('silent','silent'), ('silent','taken_back')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_consultation', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_continuationruling_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'certification_continuationruling is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.certification_dayruling_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'certification_dayruling is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.certification_drawline_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'certification_drawline is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.certification_exit_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'drafted' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_exit', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('announced','set_aside'), ('decided','announced'), ('decided','set_aside'), ('deliberated','decided'), ('deliberated','dropped'), ('deliberated','heard'), ('deliberated','noticed'), ('deliberated','proposed'), ('drafted','dropped'), ('drafted','noticed'), ('ended_nationally','set_aside'), ('heard','deliberated'), ('heard','dropped'), ('heard','noticed'), ('noticed','dropped'), ('noticed','heard'), ('proposed','reported'), ('proposed','set_aside'), ('reported','dropped'), ('reported','ended_nationally')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_exit', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_exitreply_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'certification_exitreply is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.certification_extension_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'drafted' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_extension', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('drafted','dismissed'), ('drafted','signed')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_extension', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_incident_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'reported' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_incident', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('confirmed','closed'), ('confirmed','false_alarm'), ('reported','confirmed'), ('reported','false_alarm')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_incident', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_incidentreply_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'certification_incidentreply is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.certification_interpretation_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'asked' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_interpretation', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('answered','withdrawn'), ('asked','answered'), ('asked','withdrawn')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_interpretation', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_leaving_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'asked' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_leaving', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('asked','accepted'), ('asked','lapsed'), ('asked','taken_back'), ('asked','turned_down')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_leaving', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_letter_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_letter', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('draft','discarded'), ('draft','signed'), ('signed','discarded'), ('signed','draft'), ('signed','served')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_letter', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_letter_is_fixed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF OLD.state <> 'draft' AND (NEW.number, NEW.title, NEW.ground, NEW.reasons, NEW.remedy, NEW.enterprise_id)
     IS DISTINCT FROM (OLD.number, OLD.title, OLD.ground, OLD.reasons, OLD.remedy, OLD.enterprise_id) THEN
    RAISE EXCEPTION 'a signed letter cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION public.certification_letter_never_emptied() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'certification_letter is never emptied' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.certification_majorchange_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'noted' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_majorchange', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('noted','reported'), ('noted','withdrawn'), ('reported','returned'), ('reported','settled'), ('reported','withdrawn'), ('returned','reported'), ('returned','withdrawn')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_majorchange', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_meeting_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'planned' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_meeting', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('in_session','closed'), ('planned','cancelled'), ('planned','in_session')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_meeting', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_objection_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'received' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_objection', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('received','under_examination'), ('received','withdrawn'), ('under_examination','dismissed'), ('under_examination','upheld'), ('under_examination','withdrawn')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_objection', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_overlay_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_overlay', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('draft','published'), ('published','retired')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_overlay', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_overlay_never_emptied() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'certification_overlay is never emptied' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.certification_posting_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_posting', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('draft','cancelled'), ('draft','running'), ('running','cancelled'), ('running','ended')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_posting', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_recommendationdraft_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_recommendationdraft', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('draft','discarded'), ('draft','sent')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_recommendationdraft', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_reconsideration_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'requested' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_reconsideration', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('requested','not_admitted'), ('requested','under_way'), ('requested','withdrawn'), ('under_way','maintained'), ('under_way','set_aside'), ('under_way','withdrawn')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_reconsideration', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_reminder_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'certification_reminder is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.certification_restoration_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'certification_restoration is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.certification_round_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'drawing' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_round', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('declaring','cancelled'), ('declaring','scoring'), ('drawing','cancelled'), ('drawing','declaring'), ('scoring','cancelled'), ('scoring','closed')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_round', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_rule_text_is_immutable() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'draft' THEN
      RAISE EXCEPTION 'a published rule cannot be deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.state <> 'draft' AND (to_jsonb(NEW) - '{state,version,updated_at}'::text[]) IS DISTINCT FROM (to_jsonb(OLD) - '{state,version,updated_at}'::text[]) THEN
    RAISE EXCEPTION 'a published rule cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION public.certification_ruleset_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_ruleset', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('draft','published'), ('published','retired')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_ruleset', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_ruleset_never_emptied() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'certification_ruleset is never emptied' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.certification_score_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'certification_score is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.certification_signoff_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'certification_signoff is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.certification_termextension_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'drafted' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_termextension', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('drafted','dismissed'), ('drafted','signed')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_termextension', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.certification_visit_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'chosen' THEN
          RAISE EXCEPTION 'illegal birth state % in certification_visit', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('chosen','cancelled'), ('chosen','planned'), ('finished','countersigned'), ('finished','not_signed'), ('planned','cancelled'), ('planned','finished'), ('planned','planned')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in certification_visit', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.enterprises_annualreport_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      INSERT INTO enterprises_touched (enterprise_id, names)
      SELECT enterprise_id, array_agg(DISTINCT 'annual_report'::varchar) FROM changed GROUP BY 1;
      RETURN NULL;
    END $$;
CREATE FUNCTION public.enterprises_award_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      INSERT INTO enterprises_touched (enterprise_id, names)
      SELECT enterprise_id, array_agg(DISTINCT 'awards'::varchar) FROM changed GROUP BY 1;
      RETURN NULL;
    END $$;
CREATE FUNCTION public.enterprises_contest_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      INSERT INTO enterprises_touched (enterprise_id, names)
      SELECT enterprise_id, array_agg(DISTINCT 'maker_contest'::varchar) FROM changed GROUP BY 1;
      RETURN NULL;
    END $$;
CREATE FUNCTION public.enterprises_figure_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      INSERT INTO enterprises_touched (enterprise_id, names)
      SELECT enterprise_id, array_agg(DISTINCT name::varchar) FROM changed GROUP BY 1;
      RETURN NULL;
    END $$;
CREATE FUNCTION public.enterprises_financing_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      INSERT INTO enterprises_touched (enterprise_id, names)
      SELECT enterprise_id, array_agg(DISTINCT 'financing'::varchar) FROM changed GROUP BY 1;
      RETURN NULL;
    END $$;
CREATE FUNCTION public.enterprises_formerbody_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'enterprises_formerbody is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.enterprises_honour_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      INSERT INTO enterprises_touched (enterprise_id, names)
      SELECT enterprise_id, array_agg(DISTINCT 'honours'::varchar) FROM changed GROUP BY 1;
      RETURN NULL;
    END $$;
CREATE FUNCTION public.enterprises_intellectualproperty_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      INSERT INTO enterprises_touched (enterprise_id, names)
      SELECT enterprise_id, array_agg(DISTINCT 'intellectual_property'::varchar) FROM changed GROUP BY 1;
      RETURN NULL;
    END $$;
CREATE FUNCTION public.enterprises_managementcertificate_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      INSERT INTO enterprises_touched (enterprise_id, names)
      SELECT enterprise_id, array_agg(DISTINCT 'certificates'::varchar) FROM changed GROUP BY 1;
      RETURN NULL;
    END $$;
CREATE FUNCTION public.enterprises_outsidetitle_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      INSERT INTO enterprises_touched (enterprise_id, names)
      SELECT enterprise_id, array_agg(DISTINCT 'holds'::varchar) FROM changed GROUP BY 1;
      RETURN NULL;
    END $$;
CREATE FUNCTION public.enterprises_rdinstitution_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      INSERT INTO enterprises_touched (enterprise_id, names)
      SELECT enterprise_id, array_agg(DISTINCT 'rd_institutions'::varchar) FROM changed GROUP BY 1;
      RETURN NULL;
    END $$;
CREATE FUNCTION public.enterprises_statement_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      INSERT INTO enterprises_touched (enterprise_id, names)
      SELECT enterprise_id, array_agg(DISTINCT name::varchar) FROM changed GROUP BY 1;
      RETURN NULL;
    END $$;
CREATE FUNCTION public.enterprises_takeover_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'enterprises_takeover is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.incentives_entitlement_edges() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'open' THEN
          RAISE EXCEPTION 'illegal birth state % in incentives_entitlement', NEW.state USING ERRCODE = 'check_violation';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('ended','open'), ('open','ended')) THEN
        RAISE EXCEPTION 'illegal edge % -> % in incentives_entitlement', OLD.state, NEW.state USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
CREATE FUNCTION public.mailroom_message_never_emptied() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'mailroom_message is never emptied' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.mailroom_proof_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN RAISE EXCEPTION 'mailroom_proof is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION public.mailroom_served_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF OLD.kind <> 'legal' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR (NEW.kind, NEW.recipient_id, NEW.subject, NEW.body, NEW.what_to_do, NEW.due_on, NEW.url,
       NEW.about_type, NEW.about_id, NEW.content_hash, NEW.created_at)
     IS DISTINCT FROM (OLD.kind, OLD.recipient_id, OLD.subject, OLD.body, OLD.what_to_do, OLD.due_on, OLD.url,
       OLD.about_type, OLD.about_id, OLD.content_hash, OLD.created_at)
     OR (OLD.read_at IS NOT NULL AND NEW.read_at IS DISTINCT FROM OLD.read_at) THEN
    RAISE EXCEPTION 'a served notice cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_attempts (
    key character varying(200) NOT NULL,
    began_at timestamp with time zone NOT NULL,
    count integer NOT NULL,
    CONSTRAINT accounts_attempts_count_check CHECK ((count >= 0))
);
CREATE TABLE public.accounts_cache (
    cache_key character varying(255) NOT NULL,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE TABLE public.accounts_office (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    name character varying(80) NOT NULL,
    kind character varying(12) NOT NULL,
    phone character varying(30) NOT NULL,
    body_id character varying(40) NOT NULL COLLATE pg_catalog."C"
);
ALTER TABLE public.accounts_office ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_office_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_post (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    role character varying(12) NOT NULL,
    since date NOT NULL,
    until date,
    office_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.accounts_post ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_post_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_user (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    username character varying(150) NOT NULL,
    email character varying(254) NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    public_id character varying(16) NOT NULL,
    name character varying(60) NOT NULL,
    phone character varying(20) NOT NULL,
    password_changed_at timestamp with time zone
);
CREATE TABLE public.accounts_user_groups (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    group_id integer NOT NULL
);
ALTER TABLE public.accounts_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_user_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.accounts_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_user_user_permissions (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.accounts_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_user_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.audit_auditevent (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_kind character varying(12) NOT NULL,
    actor_id character varying(64) NOT NULL,
    actor_name character varying(80) NOT NULL,
    office_name character varying(120) NOT NULL,
    act character varying(60) NOT NULL,
    object_type character varying(60) NOT NULL,
    object_id character varying(32) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    enterprise_id bigint,
    from_state character varying(30) NOT NULL,
    to_state character varying(30) NOT NULL,
    sentence text NOT NULL,
    reason text NOT NULL,
    detail jsonb NOT NULL,
    audience character varying(10) NOT NULL,
    ip inet,
    request_id character varying(32) NOT NULL,
    txid bigint DEFAULT ((pg_current_xact_id())::text)::bigint NOT NULL
);
ALTER TABLE public.audit_auditevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audit_auditevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.audit_auditlink (
    event_id bigint NOT NULL,
    "position" bigint NOT NULL,
    seal integer NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT audit_auditlink_seal_check CHECK ((seal >= 0))
);
CREATE TABLE public.audit_auditseal (
    number integer NOT NULL,
    format smallint NOT NULL,
    previous character varying(64) NOT NULL,
    digest character varying(64) NOT NULL,
    first bigint NOT NULL,
    count integer NOT NULL,
    horizon bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    key_id character varying(16) NOT NULL,
    signature character varying(120) NOT NULL,
    cluster character varying(20) NOT NULL,
    CONSTRAINT audit_auditseal_count_check CHECK ((count >= 0)),
    CONSTRAINT audit_auditseal_format_check CHECK ((format >= 0)),
    CONSTRAINT audit_auditseal_number_check CHECK ((number >= 0))
);
CREATE TABLE public.audit_inspection (
    name character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    counts jsonb NOT NULL
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_agendaitem (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    place smallint NOT NULL,
    result character varying(8) NOT NULL,
    reason text NOT NULL,
    concluded_at timestamp with time zone,
    carried_out_at timestamp with time zone,
    application_id bigint NOT NULL,
    meeting_id bigint NOT NULL,
    CONSTRAINT certification_agendaitem_place_check CHECK ((place >= 0))
);
ALTER TABLE ONLY public.certification_agendaitem FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_agendaitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_agendaitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_announcement (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    tier character varying(16) NOT NULL,
    title character varying(160) NOT NULL,
    document_number character varying(60) NOT NULL,
    batch character varying(40) NOT NULL,
    announced_on date NOT NULL,
    source_url character varying(200) NOT NULL,
    is_national boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    call_id bigint
);
ALTER TABLE public.certification_announcement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_announcement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_announcementdraft (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    title character varying(160) NOT NULL,
    document_number character varying(60) NOT NULL,
    drafted_by_name character varying(80) NOT NULL,
    announcement_id bigint,
    call_id bigint NOT NULL,
    drafted_by_id bigint,
    due_at timestamp with time zone,
    signed_by_id bigint,
    signed_by_name character varying(80) NOT NULL,
    CONSTRAINT announcement_draft_state_is_known CHECK (((state)::text = ANY ((ARRAY['announced'::character varying, 'discarded'::character varying, 'draft'::character varying, 'signed'::character varying])::text[]))),
    CONSTRAINT certification_announcementdraft_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.certification_announcementdraft FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_announcementdraft ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_announcementdraft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_announcementline (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    place smallint NOT NULL,
    application_id bigint NOT NULL,
    draft_id bigint NOT NULL,
    CONSTRAINT certification_announcementline_place_check CHECK ((place >= 0))
);
ALTER TABLE ONLY public.certification_announcementline FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_announcementline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_announcementline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_application (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    tier character varying(16) NOT NULL,
    case_type character varying(8) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    enterprise_name character varying(120) NOT NULL,
    credit_code character varying(18) NOT NULL,
    rule_set_code character varying(40) NOT NULL,
    rule_set_hash character varying(64) NOT NULL,
    overlays character varying(40)[] NOT NULL,
    answers jsonb NOT NULL,
    draft_version integer NOT NULL,
    saved_at timestamp with time zone,
    receipt_number character varying(30),
    submitted_at timestamp with time zone,
    stage_since timestamp with time zone,
    returned_from character varying(20) NOT NULL,
    unlocked character varying(80)[] NOT NULL,
    outcome character varying(16) NOT NULL,
    letter_number character varying(60) NOT NULL,
    external_id character varying(80) NOT NULL,
    enterprise_id bigint NOT NULL,
    saved_by_id bigint,
    call_id bigint NOT NULL,
    refused_from character varying(20) NOT NULL,
    judged_on date NOT NULL,
    field_versions jsonb NOT NULL,
    first_filed_at timestamp with time zone,
    national_number character varying(60) NOT NULL,
    national_on date,
    CONSTRAINT application_state_is_known CHECK (((state)::text = ANY ((ARRAY['city_review'::character varying, 'decided'::character varying, 'draft'::character varying, 'granted'::character varying, 'national_granted'::character varying, 'national_refused'::character varying, 'posted'::character varying, 'province_review'::character varying, 'recommended'::character varying, 'refused'::character varying, 'returned'::character varying, 'screening'::character varying, 'to_refuse'::character varying, 'withdrawn'::character varying])::text[]))),
    CONSTRAINT certification_application_draft_version_check CHECK ((draft_version >= 0)),
    CONSTRAINT certification_application_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.certification_application FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_application ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_application_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_assignment (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    blind_code character varying(8) NOT NULL,
    recused_reason character varying(200) NOT NULL,
    expert_id bigint NOT NULL,
    round_id bigint NOT NULL,
    case_id bigint NOT NULL,
    CONSTRAINT assignment_state_is_known CHECK (((state)::text = ANY ((ARRAY['declared'::character varying, 'drawn'::character varying, 'recused'::character varying, 'scored'::character varying])::text[]))),
    CONSTRAINT certification_assignment_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.certification_assignment FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_assignment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_assistance (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    enterprise_name character varying(120) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    tier character varying(16) NOT NULL,
    ground character varying(24) NOT NULL,
    missing jsonb NOT NULL,
    due_on date NOT NULL,
    result text NOT NULL,
    certificate_id bigint NOT NULL,
    enterprise_id bigint NOT NULL,
    finding_id bigint,
    incident_id bigint,
    CONSTRAINT assistance_state_is_known CHECK (((state)::text = ANY ((ARRAY['dropped'::character varying, 'mended'::character varying, 'not_mended'::character varying, 'open'::character varying])::text[]))),
    CONSTRAINT certification_assistance_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.certification_assistance FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_assistance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_assistance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_assistancenote (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL,
    is_firm boolean NOT NULL,
    by_name character varying(80) NOT NULL,
    office_name character varying(120) NOT NULL,
    at timestamp with time zone NOT NULL,
    assistance_id bigint NOT NULL,
    by_id bigint,
    enterprise_id bigint NOT NULL
);
ALTER TABLE ONLY public.certification_assistancenote FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_assistancenote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_assistancenote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_ballot (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    choice character varying(8) NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    item_id bigint NOT NULL,
    member_id bigint NOT NULL
);
ALTER TABLE ONLY public.certification_ballot FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_ballot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_ballot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_blindpaper (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    number smallint NOT NULL,
    kind character varying(60) NOT NULL,
    source_sha256 character varying(64) NOT NULL,
    sha256 character varying(64) NOT NULL,
    withheld character varying(160) NOT NULL,
    case_id bigint NOT NULL,
    approved_at timestamp with time zone,
    approved_by_id bigint,
    redacted_at timestamp with time zone,
    redacted_by_id bigint,
    redacted_sha256 character varying(64) NOT NULL,
    CONSTRAINT a_redacted_copy_has_two_people CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = redacted_by_id) AND (approved_by_id IS NOT NULL) AND (redacted_by_id IS NOT NULL))))),
    CONSTRAINT certification_blindpaper_number_check CHECK ((number >= 0))
);
ALTER TABLE ONLY public.certification_blindpaper FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_blindpaper ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_blindpaper_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_call (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    tier character varying(16) NOT NULL,
    case_type character varying(8) NOT NULL,
    year smallint NOT NULL,
    batch character varying(40) NOT NULL,
    title character varying(120) NOT NULL,
    document_number character varying(60) NOT NULL,
    cohort smallint,
    opens_at timestamp with time zone NOT NULL,
    closes_at timestamp with time zone NOT NULL,
    posting_length smallint NOT NULL,
    posting_unit character varying(8) NOT NULL,
    has_city_posting boolean NOT NULL,
    documents jsonb NOT NULL,
    instructions text NOT NULL,
    contact character varying(80) NOT NULL,
    disciplinary_contact character varying(80) NOT NULL,
    overlays character varying(40)[] NOT NULL,
    why_rule_set text NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    rule_set_id bigint NOT NULL,
    route character varying(8) NOT NULL,
    notice_hashes jsonb NOT NULL,
    CONSTRAINT call_closes_after_it_opens CHECK ((closes_at > opens_at)),
    CONSTRAINT call_state_is_known CHECK (((state)::text = ANY ((ARRAY['closed'::character varying, 'draft'::character varying, 'published'::character varying])::text[]))),
    CONSTRAINT certification_call_cohort_check CHECK ((cohort >= 0)),
    CONSTRAINT certification_call_posting_length_check CHECK ((posting_length >= 0)),
    CONSTRAINT certification_call_version_check CHECK ((version >= 0)),
    CONSTRAINT certification_call_year_check CHECK ((year >= 0))
);
ALTER TABLE public.certification_call ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_call_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_certificate (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    number character varying(40) NOT NULL,
    enterprise_name character varying(120) NOT NULL,
    credit_code character varying(18) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    tier character varying(16) NOT NULL,
    batch character varying(40) NOT NULL,
    document_number character varying(60) NOT NULL,
    announced_on date NOT NULL,
    valid_from date NOT NULL,
    valid_until date NOT NULL,
    ended_on date,
    end_reason text NOT NULL,
    origin character varying(10) NOT NULL,
    rule_set_code character varying(40) NOT NULL,
    announcement_id bigint,
    application_id bigint,
    enterprise_id bigint NOT NULL,
    kept_open_by_id bigint,
    entered_by character varying(6) NOT NULL,
    validity daterange GENERATED ALWAYS AS (daterange(valid_from,
CASE
    WHEN ((state)::text = ANY ((ARRAY['withdrawn'::character varying, 'migrated'::character varying, 'dissolved'::character varying, 'absorbed'::character varying, 'revoked'::character varying])::text[])) THEN GREATEST(valid_from, LEAST(ended_on, (valid_until + 1)))
    ELSE (valid_until + 1)
END)) STORED,
    booked_on date,
    CONSTRAINT certificate_ends_after_it_starts CHECK ((valid_until >= valid_from)),
    CONSTRAINT certificate_state_is_known CHECK (((state)::text = ANY ((ARRAY['absorbed'::character varying, 'dissolved'::character varying, 'expired'::character varying, 'migrated'::character varying, 'not_renewed'::character varying, 'renewed'::character varying, 'revoked'::character varying, 'valid'::character varying, 'withdrawn'::character varying])::text[]))),
    CONSTRAINT certification_certificate_version_check CHECK ((version >= 0))
);
ALTER TABLE public.certification_certificate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_certificate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_cohort (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    ends_from date NOT NULL,
    ends_until date NOT NULL,
    share smallint NOT NULL,
    seed character varying(64) NOT NULL,
    algorithm character varying(160) NOT NULL,
    size integer NOT NULL,
    on_site integer NOT NULL,
    record_hash character varying(64) NOT NULL,
    built_at timestamp with time zone NOT NULL,
    filled_at timestamp with time zone,
    built_by_id bigint,
    call_id bigint NOT NULL,
    CONSTRAINT certification_cohort_on_site_check CHECK ((on_site >= 0)),
    CONSTRAINT certification_cohort_share_check CHECK ((share >= 0)),
    CONSTRAINT certification_cohort_size_check CHECK ((size >= 0))
);
ALTER TABLE public.certification_cohort ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_cohort_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_cohorttitle (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    stratum character varying(60) NOT NULL,
    rule_set_code character varying(40) NOT NULL,
    overlays character varying(40)[] NOT NULL,
    why_rule_set text NOT NULL,
    ticket character varying(64) NOT NULL,
    place integer NOT NULL,
    is_on_site boolean NOT NULL,
    told_at timestamp with time zone,
    certificate_id bigint NOT NULL,
    cohort_id bigint NOT NULL,
    enterprise_id bigint NOT NULL,
    CONSTRAINT certification_cohorttitle_place_check CHECK ((place >= 0))
);
ALTER TABLE ONLY public.certification_cohorttitle FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_cohorttitle ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_cohorttitle_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_confirmation (
    id bigint NOT NULL,
    rule_code character varying(40) NOT NULL,
    content_hash character varying(64) NOT NULL,
    path character varying(200) NOT NULL,
    note text NOT NULL,
    confirmed_at timestamp with time zone NOT NULL,
    confirmed_by_id bigint NOT NULL
);
ALTER TABLE public.certification_confirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_confirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_consultation (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    enterprise_name character varying(120) NOT NULL,
    credit_code character varying(18) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    tier character varying(16) NOT NULL,
    department character varying(16) NOT NULL,
    question character varying(200) NOT NULL,
    rules_version character varying(20) NOT NULL,
    due_on date NOT NULL,
    finding character varying(8) NOT NULL,
    clause character varying(200) NOT NULL,
    details text NOT NULL,
    document character varying(120) NOT NULL,
    way character varying(8) NOT NULL,
    answered_by_name character varying(80) NOT NULL,
    answered_at timestamp with time zone,
    ruling text NOT NULL,
    ruled_by_name character varying(80) NOT NULL,
    answered_by_id bigint,
    application_id bigint NOT NULL,
    enterprise_id bigint NOT NULL,
    office_id bigint,
    CONSTRAINT certification_consultation_version_check CHECK ((version >= 0)),
    CONSTRAINT consultation_state_is_known CHECK (((state)::text = ANY ((ARRAY['answered'::character varying, 'asked'::character varying, 'silent'::character varying, 'taken_back'::character varying])::text[])))
);
ALTER TABLE ONLY public.certification_consultation FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_consultation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_consultation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_continuationruling (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    tier character varying(16) NOT NULL,
    ends_from date NOT NULL,
    ends_until date NOT NULL,
    keeps boolean NOT NULL,
    reason text NOT NULL,
    document_number character varying(60) NOT NULL,
    by_name character varying(80) NOT NULL,
    office_name character varying(120) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    CONSTRAINT continuation_ends_after_it_starts CHECK ((ends_until >= ends_from))
);
ALTER TABLE public.certification_continuationruling ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_continuationruling_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_correction (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    stage character varying(20) NOT NULL,
    office_name character varying(120) NOT NULL,
    items jsonb NOT NULL,
    note text NOT NULL,
    due_on date,
    opened_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    application_id bigint NOT NULL,
    enterprise_id bigint NOT NULL,
    opened_by_id bigint
);
ALTER TABLE ONLY public.certification_correction FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_correction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_correction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_cover (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    absent_name character varying(80) NOT NULL,
    deputy_name character varying(80) NOT NULL,
    from_on date NOT NULL,
    until_on date NOT NULL,
    at timestamp with time zone NOT NULL,
    absent_id bigint NOT NULL,
    deputy_id bigint NOT NULL,
    CONSTRAINT cover_by_somebody_else CHECK ((NOT (absent_id = deputy_id))),
    CONSTRAINT cover_ends_after_start CHECK ((until_on >= from_on))
);
ALTER TABLE ONLY public.certification_cover FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_cover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_cover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_cycle (
    id bigint NOT NULL,
    night date NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    slices integer NOT NULL,
    key character varying(80) NOT NULL,
    kind character varying(10) NOT NULL,
    titles integer NOT NULL,
    CONSTRAINT certification_cycle_slices_check CHECK ((slices >= 0)),
    CONSTRAINT certification_cycle_titles_check CHECK ((titles >= 0))
);
ALTER TABLE public.certification_cycle ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_cycle_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_dayruling (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    code character varying(20) NOT NULL,
    year smallint NOT NULL,
    tier character varying(16) NOT NULL,
    day date NOT NULL,
    reason text NOT NULL,
    document_number character varying(60) NOT NULL,
    by_name character varying(80) NOT NULL,
    office_name character varying(120) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    CONSTRAINT certification_dayruling_year_check CHECK ((year >= 0))
);
ALTER TABLE public.certification_dayruling ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_dayruling_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_drawline (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    ticket character varying(64) NOT NULL,
    rank integer NOT NULL,
    excluded character varying(160) NOT NULL,
    expert_id bigint NOT NULL,
    case_id bigint NOT NULL,
    CONSTRAINT certification_drawline_rank_check CHECK ((rank >= 0))
);
ALTER TABLE ONLY public.certification_drawline FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_drawline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_drawline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_exit (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    enterprise_name character varying(120) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    tier character varying(16) NOT NULL,
    ground character varying(24) NOT NULL,
    clause character varying(200) NOT NULL,
    facts text NOT NULL,
    source character varying(200) NOT NULL,
    opened_by_name character varying(80) NOT NULL,
    office_name character varying(120) NOT NULL,
    hearing_workdays smallint,
    notices character varying(32)[] NOT NULL,
    paper_served_on date,
    paper_number character varying(80) NOT NULL,
    deliberation text NOT NULL,
    answer_to_reply text NOT NULL,
    panel character varying(40)[] NOT NULL,
    decision text NOT NULL,
    document_number character varying(60) NOT NULL,
    decided_on date,
    decision_notices character varying(32)[] NOT NULL,
    decision_paper_served_on date,
    remedy text NOT NULL,
    barred_until date,
    ended_on date,
    suspended_since timestamp with time zone,
    suspended_reason character varying(200) NOT NULL,
    certificate_id bigint NOT NULL,
    decided_by_id bigint,
    deliberated_by_id bigint,
    enterprise_id bigint NOT NULL,
    opened_by_id bigint,
    incident_id bigint,
    decision_paper_number character varying(80) NOT NULL,
    noticed_at timestamp with time zone,
    source_fell_on date,
    suspensions jsonb NOT NULL,
    titles character varying(40)[] NOT NULL,
    set_aside_basis character varying(8) NOT NULL,
    set_aside_number character varying(60) NOT NULL,
    set_aside_dated_on date,
    set_aside_reason text NOT NULL,
    set_aside_by_id bigint,
    set_aside_on date,
    set_aside_notices character varying(32)[] NOT NULL,
    set_aside_paper_served_on date,
    set_aside_paper_number character varying(80) NOT NULL,
    kept_on date,
    extra_workdays smallint NOT NULL,
    CONSTRAINT certification_exit_extra_workdays_check CHECK ((extra_workdays >= 0)),
    CONSTRAINT certification_exit_hearing_workdays_check CHECK ((hearing_workdays >= 0)),
    CONSTRAINT certification_exit_version_check CHECK ((version >= 0)),
    CONSTRAINT exit_state_is_known CHECK (((state)::text = ANY ((ARRAY['announced'::character varying, 'decided'::character varying, 'deliberated'::character varying, 'drafted'::character varying, 'dropped'::character varying, 'ended_nationally'::character varying, 'heard'::character varying, 'noticed'::character varying, 'proposed'::character varying, 'reported'::character varying, 'set_aside'::character varying])::text[])))
);
ALTER TABLE ONLY public.certification_exit FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_exit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_exit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_exitreply (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL,
    is_final boolean NOT NULL,
    by_name character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    enterprise_id bigint NOT NULL,
    exit_id bigint NOT NULL,
    evidence_id bigint,
    office_name character varying(120) NOT NULL,
    received_on date,
    said_by character varying(80) NOT NULL,
    way character varying(8) NOT NULL
);
ALTER TABLE ONLY public.certification_exitreply FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_exitreply ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_exitreply_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_expert (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    fields character varying(40)[] NOT NULL,
    employer character varying(120) NOT NULL,
    ties jsonb NOT NULL,
    is_active boolean NOT NULL,
    user_id bigint NOT NULL,
    own_ties jsonb NOT NULL,
    own_ties_at timestamp with time zone
);
ALTER TABLE ONLY public.certification_expert FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_expert ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_expert_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_extension (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    old_closes_at timestamp with time zone NOT NULL,
    new_closes_at timestamp with time zone NOT NULL,
    minutes integer NOT NULL,
    evidence jsonb NOT NULL,
    reason text NOT NULL,
    signed_by_name character varying(80) NOT NULL,
    told integer NOT NULL,
    call_id bigint NOT NULL,
    signed_by_id bigint,
    CONSTRAINT certification_extension_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT certification_extension_told_check CHECK ((told >= 0)),
    CONSTRAINT certification_extension_version_check CHECK ((version >= 0)),
    CONSTRAINT extension_is_longer CHECK ((new_closes_at > old_closes_at)),
    CONSTRAINT extension_state_is_known CHECK (((state)::text = ANY ((ARRAY['dismissed'::character varying, 'drafted'::character varying, 'signed'::character varying])::text[])))
);
ALTER TABLE public.certification_extension ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_extension_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_finding (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    kind character varying(12) NOT NULL,
    rule_set_code character varying(40) NOT NULL,
    overlays jsonb NOT NULL,
    why_rule_set text NOT NULL,
    sentences jsonb NOT NULL,
    "on" date NOT NULL,
    first_seen date NOT NULL,
    closed_on date,
    certificate_id bigint NOT NULL
);
ALTER TABLE ONLY public.certification_finding FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_finding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_finding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_handling (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    stage character varying(20) NOT NULL,
    user_name character varying(80) NOT NULL,
    by_name character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    application_id bigint NOT NULL,
    enterprise_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE ONLY public.certification_handling FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_handling ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_handling_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_highlight (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    sha256 character varying(64) NOT NULL,
    page smallint NOT NULL,
    "left" smallint NOT NULL,
    top smallint NOT NULL,
    width smallint NOT NULL,
    height smallint NOT NULL,
    criterion character varying(20) NOT NULL,
    note character varying(300) NOT NULL,
    by_name character varying(80) NOT NULL,
    office_name character varying(120) NOT NULL,
    at timestamp with time zone NOT NULL,
    application_id bigint NOT NULL,
    by_id bigint NOT NULL,
    enterprise_id bigint NOT NULL,
    CONSTRAINT certification_highlight_height_check CHECK ((height >= 0)),
    CONSTRAINT certification_highlight_left_check CHECK (("left" >= 0)),
    CONSTRAINT certification_highlight_page_check CHECK ((page >= 0)),
    CONSTRAINT certification_highlight_top_check CHECK ((top >= 0)),
    CONSTRAINT certification_highlight_width_check CHECK ((width >= 0)),
    CONSTRAINT highlight_lies_on_the_page CHECK (((height <= 1000) AND ("left" <= 1000) AND (top <= 1000) AND (width <= 1000)))
);
ALTER TABLE ONLY public.certification_highlight FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_highlight ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_highlight_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_incident (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    enterprise_name character varying(120) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    kind character varying(24) NOT NULL,
    happened_on date NOT NULL,
    source character varying(120) NOT NULL,
    document character varying(120) NOT NULL,
    facts text NOT NULL,
    way character varying(8) NOT NULL,
    reported_by_name character varying(80) NOT NULL,
    office_name character varying(120) NOT NULL,
    reply_workdays smallint NOT NULL,
    notices character varying(32)[] NOT NULL,
    paper_served_on date,
    paper_number character varying(80) NOT NULL,
    verdict text NOT NULL,
    verdict_office character varying(120) NOT NULL,
    enterprise_id bigint NOT NULL,
    reported_by_id bigint,
    confirmed_by_id bigint,
    confirmed_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    proved character varying(40) NOT NULL,
    proved_before jsonb,
    extra_workdays smallint NOT NULL,
    CONSTRAINT certification_incident_extra_workdays_check CHECK ((extra_workdays >= 0)),
    CONSTRAINT certification_incident_reply_workdays_check CHECK ((reply_workdays >= 0)),
    CONSTRAINT certification_incident_version_check CHECK ((version >= 0)),
    CONSTRAINT incident_state_is_known CHECK (((state)::text = ANY ((ARRAY['closed'::character varying, 'confirmed'::character varying, 'false_alarm'::character varying, 'reported'::character varying])::text[])))
);
ALTER TABLE ONLY public.certification_incident FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_incident ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_incident_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_incidentreply (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL,
    by_name character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    enterprise_id bigint NOT NULL,
    evidence_id bigint,
    incident_id bigint NOT NULL,
    office_name character varying(120) NOT NULL,
    received_on date,
    said_by character varying(80) NOT NULL,
    way character varying(8) NOT NULL
);
ALTER TABLE ONLY public.certification_incidentreply FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_incidentreply ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_incidentreply_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_interpretation (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    rule_set_code character varying(40) NOT NULL,
    criterion character varying(20) NOT NULL,
    title character varying(160) NOT NULL,
    clause character varying(200) NOT NULL,
    question text NOT NULL,
    asked_by_name character varying(80) NOT NULL,
    asked_office character varying(120) NOT NULL,
    number character varying(30),
    answer text NOT NULL,
    answered_by_name character varying(80) NOT NULL,
    answered_on date,
    mark_path character varying(200) NOT NULL,
    asked_by_id bigint,
    CONSTRAINT certification_interpretation_version_check CHECK ((version >= 0)),
    CONSTRAINT interpretation_state_is_known CHECK (((state)::text = ANY ((ARRAY['answered'::character varying, 'asked'::character varying, 'withdrawn'::character varying])::text[])))
);
ALTER TABLE public.certification_interpretation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_interpretation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_judgement (
    certificate_id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    outcome character varying(16) NOT NULL,
    gates character varying(60) NOT NULL,
    rule_set_code character varying(40) NOT NULL,
    rule_key character varying(16) NOT NULL,
    since date NOT NULL,
    flips_on date NOT NULL,
    cycle_id bigint NOT NULL
);
ALTER TABLE ONLY public.certification_judgement FORCE ROW LEVEL SECURITY;
CREATE TABLE public.certification_leaving (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    enterprise_name character varying(120) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    tier character varying(16) NOT NULL,
    kind character varying(10) NOT NULL,
    reason text NOT NULL,
    source character varying(200) NOT NULL,
    asked_by_name character varying(80) NOT NULL,
    office_name character varying(120) NOT NULL,
    answer text NOT NULL,
    asked_by_id bigint,
    certificate_id bigint NOT NULL,
    enterprise_id bigint NOT NULL,
    CONSTRAINT certification_leaving_version_check CHECK ((version >= 0)),
    CONSTRAINT leaving_state_is_known CHECK (((state)::text = ANY ((ARRAY['accepted'::character varying, 'asked'::character varying, 'lapsed'::character varying, 'taken_back'::character varying, 'turned_down'::character varying])::text[])))
);
ALTER TABLE ONLY public.certification_leaving FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_leaving ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_leaving_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_letter (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    office_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    office_name character varying(120) NOT NULL,
    kind character varying(8) NOT NULL,
    title character varying(120) NOT NULL,
    number character varying(60) NOT NULL,
    ground text NOT NULL,
    reasons jsonb NOT NULL,
    remedy text NOT NULL,
    submission_number smallint NOT NULL,
    edited_by_name character varying(80) NOT NULL,
    edited_at timestamp with time zone,
    signed_by_name character varying(80) NOT NULL,
    signed_at timestamp with time zone,
    served_at timestamp with time zone,
    opened_at timestamp with time zone,
    file_hash character varying(64) NOT NULL,
    application_id bigint NOT NULL,
    edited_by_id bigint,
    enterprise_id bigint NOT NULL,
    signed_by_id bigint,
    hand_by character varying(80) NOT NULL,
    hand_number character varying(80) NOT NULL,
    hand_way character varying(8) NOT NULL,
    CONSTRAINT certification_letter_submission_number_check CHECK ((submission_number >= 0)),
    CONSTRAINT certification_letter_version_check CHECK ((version >= 0)),
    CONSTRAINT letter_state_is_known CHECK (((state)::text = ANY ((ARRAY['discarded'::character varying, 'draft'::character varying, 'served'::character varying, 'signed'::character varying])::text[])))
);
ALTER TABLE ONLY public.certification_letter FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_letter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_letter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_look (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    user_name character varying(80) NOT NULL,
    office_name character varying(120) NOT NULL,
    here_at timestamp with time zone NOT NULL,
    seen_number smallint NOT NULL,
    before_at timestamp with time zone,
    before_number smallint NOT NULL,
    application_id bigint NOT NULL,
    enterprise_id bigint NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT certification_look_before_number_check CHECK ((before_number >= 0)),
    CONSTRAINT certification_look_seen_number_check CHECK ((seen_number >= 0))
);
ALTER TABLE ONLY public.certification_look FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_look ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_look_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_majorchange (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    enterprise_name character varying(120) NOT NULL,
    kind character varying(12) NOT NULL,
    happened_on date NOT NULL,
    source character varying(200) NOT NULL,
    before text NOT NULL,
    after text NOT NULL,
    reported_on date,
    reported_by_name character varying(80) NOT NULL,
    due_on date,
    answer text NOT NULL,
    office_name character varying(120) NOT NULL,
    enterprise_id bigint NOT NULL,
    evidence_id bigint,
    reported_by_id bigint,
    CONSTRAINT certification_majorchange_version_check CHECK ((version >= 0)),
    CONSTRAINT major_change_state_is_known CHECK (((state)::text = ANY ((ARRAY['noted'::character varying, 'reported'::character varying, 'returned'::character varying, 'settled'::character varying, 'withdrawn'::character varying])::text[])))
);
ALTER TABLE ONLY public.certification_majorchange FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_majorchange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_majorchange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_meeting (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    title character varying(120) NOT NULL,
    held_on date NOT NULL,
    place character varying(80) NOT NULL,
    minutes text NOT NULL,
    call_id bigint NOT NULL,
    CONSTRAINT certification_meeting_version_check CHECK ((version >= 0)),
    CONSTRAINT meeting_state_is_known CHECK (((state)::text = ANY ((ARRAY['cancelled'::character varying, 'closed'::character varying, 'in_session'::character varying, 'planned'::character varying])::text[])))
);
ALTER TABLE ONLY public.certification_meeting FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_meeting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_meeting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_meetingmember (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    name character varying(80) NOT NULL,
    is_chair boolean NOT NULL,
    meeting_id bigint NOT NULL,
    user_id bigint NOT NULL,
    absent_at timestamp with time zone
);
ALTER TABLE ONLY public.certification_meetingmember FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_meetingmember ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_meetingmember_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_objection (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    submission_number smallint NOT NULL,
    receipt_number character varying(30) NOT NULL,
    code_hash character varying(64) NOT NULL,
    name character varying(40) NOT NULL,
    contact character varying(80) NOT NULL,
    organisation character varying(120) NOT NULL,
    relation character varying(40) NOT NULL,
    facts text NOT NULL,
    taken_up_at timestamp with time zone,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    answered_by_id bigint,
    application_id bigint NOT NULL,
    posting_id bigint NOT NULL,
    taken_up_by_id bigint,
    CONSTRAINT certification_objection_submission_number_check CHECK ((submission_number >= 0)),
    CONSTRAINT certification_objection_version_check CHECK ((version >= 0)),
    CONSTRAINT objection_state_is_known CHECK (((state)::text = ANY ((ARRAY['dismissed'::character varying, 'received'::character varying, 'under_examination'::character varying, 'upheld'::character varying, 'withdrawn'::character varying])::text[])))
);
ALTER TABLE ONLY public.certification_objection FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_objection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_objection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_objectionpaper (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    original_name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    scan_state character varying(10) NOT NULL,
    objection_id bigint NOT NULL,
    CONSTRAINT certification_objectionpaper_size_check CHECK ((size >= 0))
);
ALTER TABLE ONLY public.certification_objectionpaper FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_objectionpaper ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_objectionpaper_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_opinion (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    submission_number smallint NOT NULL,
    stage character varying(20) NOT NULL,
    conclusion character varying(12) NOT NULL,
    text text NOT NULL,
    office_name character varying(120) NOT NULL,
    by_name character varying(80) NOT NULL,
    client_id character varying(100) NOT NULL,
    at timestamp with time zone NOT NULL,
    application_id bigint NOT NULL,
    by_id bigint,
    enterprise_id bigint NOT NULL,
    taken_back_at timestamp with time zone,
    CONSTRAINT certification_opinion_submission_number_check CHECK ((submission_number >= 0))
);
ALTER TABLE ONLY public.certification_opinion FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_opinion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_opinion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_outcome (
    id bigint NOT NULL,
    outcome character varying(16) NOT NULL,
    rule_set_code character varying(40) NOT NULL,
    certificate_id bigint NOT NULL,
    cycle_id bigint NOT NULL,
    trace jsonb NOT NULL,
    was character varying(16) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C"
);
ALTER TABLE ONLY public.certification_outcome FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_outcome ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_outcome_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_overlay (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    code character varying(40) NOT NULL,
    revision smallint NOT NULL,
    title character varying(160) NOT NULL,
    text text NOT NULL,
    content_hash character varying(64) NOT NULL,
    published_at timestamp with time zone,
    drafted_by_id bigint,
    published_by_id bigint,
    CONSTRAINT certification_overlay_revision_check CHECK ((revision >= 0)),
    CONSTRAINT certification_overlay_version_check CHECK ((version >= 0)),
    CONSTRAINT overlay_state_is_known CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'published'::character varying, 'retired'::character varying])::text[])))
);
ALTER TABLE public.certification_overlay ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_overlay_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_override (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    submission_number smallint NOT NULL,
    codes jsonb NOT NULL,
    reason_code character varying(20) NOT NULL,
    text text NOT NULL,
    asked_by_name character varying(80) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    signed_by_name character varying(80) NOT NULL,
    signed_at timestamp with time zone,
    application_id bigint NOT NULL,
    asked_by_id bigint,
    enterprise_id bigint NOT NULL,
    signed_by_id bigint,
    against character varying(8) NOT NULL,
    taken_back_at timestamp with time zone,
    named jsonb NOT NULL,
    CONSTRAINT certification_override_submission_number_check CHECK ((submission_number >= 0)),
    CONSTRAINT override_needs_two_people CHECK (((signed_by_id IS NULL) OR (NOT ((signed_by_id = asked_by_id) AND (signed_by_id IS NOT NULL) AND (asked_by_id IS NOT NULL)))))
);
ALTER TABLE ONLY public.certification_override FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_override ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_override_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_pause (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    stage character varying(20) NOT NULL,
    reason character varying(200) NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    by_name character varying(80) NOT NULL,
    application_id bigint NOT NULL,
    by_id bigint,
    enterprise_id bigint NOT NULL
);
ALTER TABLE ONLY public.certification_pause FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_pause ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_pause_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_posting (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    level character varying(10) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    office_name character varying(120) NOT NULL,
    title character varying(160) NOT NULL,
    document_number character varying(60) NOT NULL,
    body text NOT NULL,
    contact character varying(80) NOT NULL,
    disciplinary_contact character varying(80) NOT NULL,
    starts_on date,
    ends_on date,
    content_hash character varying(64) NOT NULL,
    call_id bigint NOT NULL,
    file_hash character varying(64) NOT NULL,
    meeting_id bigint,
    drafted_by_id bigint,
    drafted_by_name character varying(80) NOT NULL,
    told_at timestamp with time zone,
    CONSTRAINT certification_posting_version_check CHECK ((version >= 0)),
    CONSTRAINT posting_state_is_known CHECK (((state)::text = ANY ((ARRAY['cancelled'::character varying, 'draft'::character varying, 'ended'::character varying, 'running'::character varying])::text[])))
);
ALTER TABLE public.certification_posting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_posting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_postingitem (
    id bigint NOT NULL,
    place smallint NOT NULL,
    enterprise_name character varying(120) NOT NULL,
    credit_code character varying(18) NOT NULL,
    region_name character varying(40) NOT NULL,
    application_id bigint NOT NULL,
    posting_id bigint NOT NULL,
    CONSTRAINT certification_postingitem_place_check CHECK ((place >= 0))
);
ALTER TABLE ONLY public.certification_postingitem FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_postingitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_postingitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_recommendationdraft (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    title character varying(160) NOT NULL,
    letter_number character varying(60) NOT NULL,
    drafted_by_name character varying(80) NOT NULL,
    call_id bigint NOT NULL,
    drafted_by_id bigint,
    CONSTRAINT certification_recommendationdraft_version_check CHECK ((version >= 0)),
    CONSTRAINT recommendation_draft_state_is_known CHECK (((state)::text = ANY ((ARRAY['discarded'::character varying, 'draft'::character varying, 'sent'::character varying])::text[])))
);
ALTER TABLE ONLY public.certification_recommendationdraft FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_recommendationdraft ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_recommendationdraft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_recommendationline (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    place smallint NOT NULL,
    application_id bigint NOT NULL,
    draft_id bigint NOT NULL,
    CONSTRAINT certification_recommendationline_place_check CHECK ((place >= 0))
);
ALTER TABLE ONLY public.certification_recommendationline FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_recommendationline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_recommendationline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_reconsideration (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    office_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    grounds text NOT NULL,
    deciders bigint[] NOT NULL,
    is_late boolean,
    requested_by_name character varying(80) NOT NULL,
    handled_by_name character varying(80) NOT NULL,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    application_id bigint NOT NULL,
    enterprise_id bigint NOT NULL,
    handled_by_id bigint,
    letter_id bigint NOT NULL,
    requested_by_id bigint,
    CONSTRAINT certification_reconsideration_version_check CHECK ((version >= 0)),
    CONSTRAINT reconsideration_state_is_known CHECK (((state)::text = ANY ((ARRAY['maintained'::character varying, 'not_admitted'::character varying, 'requested'::character varying, 'set_aside'::character varying, 'under_way'::character varying, 'withdrawn'::character varying])::text[])))
);
ALTER TABLE ONLY public.certification_reconsideration FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_reconsideration ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_reconsideration_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_reminder (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    key character varying(60) NOT NULL,
    label character varying(80) NOT NULL,
    due_on date NOT NULL,
    step smallint NOT NULL,
    is_legal boolean NOT NULL,
    people smallint NOT NULL,
    rules_hash character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    enterprise_id bigint NOT NULL,
    CONSTRAINT certification_reminder_people_check CHECK ((people >= 0))
);
ALTER TABLE ONLY public.certification_reminder FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_reminder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_reminder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_restoration (
    id bigint NOT NULL,
    ended_on date NOT NULL,
    end_reason text NOT NULL,
    clause character varying(200) NOT NULL,
    restored_on date NOT NULL,
    document_number character varying(60) NOT NULL,
    certificate_id bigint NOT NULL,
    exit_id bigint,
    ended_as character varying(30) NOT NULL
);
ALTER TABLE public.certification_restoration ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_restoration_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_round (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    title character varying(80) NOT NULL,
    field character varying(40) NOT NULL,
    per_case smallint NOT NULL,
    sheet jsonb NOT NULL,
    seed character varying(64) NOT NULL,
    algorithm character varying(80) NOT NULL,
    pool_size integer NOT NULL,
    case_count integer NOT NULL,
    record_hash character varying(64) NOT NULL,
    drawn_at timestamp with time zone,
    closed_at timestamp with time zone,
    cancel_reason character varying(200) NOT NULL,
    CONSTRAINT certification_round_case_count_check CHECK ((case_count >= 0)),
    CONSTRAINT certification_round_per_case_check CHECK ((per_case >= 0)),
    CONSTRAINT certification_round_pool_size_check CHECK ((pool_size >= 0)),
    CONSTRAINT certification_round_version_check CHECK ((version >= 0)),
    CONSTRAINT round_state_is_known CHECK (((state)::text = ANY ((ARRAY['cancelled'::character varying, 'closed'::character varying, 'declaring'::character varying, 'drawing'::character varying, 'scoring'::character varying])::text[])))
);
ALTER TABLE public.certification_round ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_round_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_roundcase (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    submission_number smallint NOT NULL,
    application_id bigint NOT NULL,
    round_id bigint NOT NULL,
    CONSTRAINT certification_roundcase_submission_number_check CHECK ((submission_number >= 0))
);
ALTER TABLE ONLY public.certification_roundcase FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_roundcase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_roundcase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_ruleset (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    code character varying(40) NOT NULL,
    revision smallint NOT NULL,
    title character varying(160) NOT NULL,
    text text NOT NULL,
    content_hash character varying(64) NOT NULL,
    published_at timestamp with time zone,
    tier character varying(16) NOT NULL,
    effective_from date NOT NULL,
    effective_until date,
    drafted_by_id bigint,
    published_by_id bigint,
    CONSTRAINT certification_ruleset_revision_check CHECK ((revision >= 0)),
    CONSTRAINT certification_ruleset_version_check CHECK ((version >= 0)),
    CONSTRAINT rule_set_state_is_known CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'published'::character varying, 'retired'::character varying])::text[])))
);
ALTER TABLE public.certification_ruleset ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_ruleset_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_savedview (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    name character varying(40) NOT NULL,
    query character varying(400) NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.certification_savedview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_savedview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_score (
    assignment_id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    points jsonb NOT NULL,
    comment text NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.certification_score FORCE ROW LEVEL SECURITY;
CREATE TABLE public.certification_sequence (
    id bigint NOT NULL,
    purpose character varying(40) NOT NULL,
    year smallint NOT NULL,
    last integer NOT NULL,
    CONSTRAINT certification_sequence_last_check CHECK ((last >= 0)),
    CONSTRAINT certification_sequence_year_check CHECK ((year >= 0))
);
ALTER TABLE public.certification_sequence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_sequence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_signoff (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    content_hash character varying(64) NOT NULL,
    by_name character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    application_id bigint NOT NULL,
    by_id bigint NOT NULL,
    enterprise_id bigint NOT NULL
);
ALTER TABLE ONLY public.certification_signoff FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_signoff ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_signoff_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_snapshot (
    enterprise_id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    facts jsonb NOT NULL,
    is_odd boolean NOT NULL,
    taken_on date NOT NULL,
    flips_on date NOT NULL
);
ALTER TABLE ONLY public.certification_snapshot FORCE ROW LEVEL SECURITY;
CREATE TABLE public.certification_stagelimit (
    id bigint NOT NULL,
    tier character varying(16) NOT NULL,
    stage character varying(20) NOT NULL,
    workdays smallint NOT NULL,
    source character varying(200) NOT NULL,
    is_example boolean NOT NULL,
    CONSTRAINT certification_stagelimit_workdays_check CHECK ((workdays >= 0))
);
ALTER TABLE public.certification_stagelimit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_stagelimit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_stagetime (
    id bigint NOT NULL,
    office_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    tier character varying(16) NOT NULL,
    stage character varying(20) NOT NULL,
    workdays smallint NOT NULL,
    left_on date NOT NULL,
    key character varying(64) NOT NULL,
    CONSTRAINT certification_stagetime_workdays_check CHECK ((workdays >= 0))
);
ALTER TABLE public.certification_stagetime ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_stagetime_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_submission (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    number smallint NOT NULL,
    answers jsonb NOT NULL,
    facts jsonb NOT NULL,
    sources jsonb NOT NULL,
    evidence jsonb NOT NULL,
    content_hash character varying(64) NOT NULL,
    result jsonb NOT NULL,
    submitted_at timestamp with time zone NOT NULL,
    submitted_by_name character varying(80) NOT NULL,
    application_id bigint NOT NULL,
    enterprise_id bigint NOT NULL,
    submitted_by_id bigint,
    conflicts jsonb NOT NULL,
    listed jsonb NOT NULL,
    CONSTRAINT certification_submission_number_check CHECK ((number >= 0))
);
ALTER TABLE ONLY public.certification_submission FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_submission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_submission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_target (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    year smallint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    tier character varying(16) NOT NULL,
    measure character varying(20) NOT NULL,
    minimum numeric(10,2) NOT NULL,
    maximum numeric(10,2),
    is_exclusive boolean NOT NULL,
    unit character varying(8) NOT NULL,
    source character varying(200) NOT NULL,
    version integer NOT NULL,
    CONSTRAINT certification_target_version_check CHECK ((version >= 0)),
    CONSTRAINT certification_target_year_check CHECK ((year >= 0))
);
ALTER TABLE public.certification_target ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_target_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_termextension (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    kind character varying(10) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    ends_on date NOT NULL,
    workdays smallint NOT NULL,
    minutes integer NOT NULL,
    evidence jsonb NOT NULL,
    reason text NOT NULL,
    signed_by_name character varying(80) NOT NULL,
    given integer NOT NULL,
    told integer NOT NULL,
    signed_by_id bigint,
    CONSTRAINT certification_termextension_given_check CHECK ((given >= 0)),
    CONSTRAINT certification_termextension_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT certification_termextension_told_check CHECK ((told >= 0)),
    CONSTRAINT certification_termextension_version_check CHECK ((version >= 0)),
    CONSTRAINT certification_termextension_workdays_check CHECK ((workdays >= 0)),
    CONSTRAINT term_extension_state_is_known CHECK (((state)::text = ANY ((ARRAY['dismissed'::character varying, 'drafted'::character varying, 'signed'::character varying])::text[])))
);
ALTER TABLE public.certification_termextension ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_termextension_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_verdict (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    submission_number smallint NOT NULL,
    stage character varying(20) NOT NULL,
    criterion character varying(20) NOT NULL,
    verdict character varying(10) NOT NULL,
    note text NOT NULL,
    by_name character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    application_id bigint NOT NULL,
    by_id bigint,
    enterprise_id bigint NOT NULL,
    carried_from_id bigint,
    taken_back_at timestamp with time zone,
    taken_back_reason character varying(300) NOT NULL,
    CONSTRAINT certification_verdict_submission_number_check CHECK ((submission_number >= 0))
);
ALTER TABLE ONLY public.certification_verdict FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_verdict ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_verdict_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_visit (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    enterprise_name character varying(120) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    tier character varying(16) NOT NULL,
    reasons jsonb NOT NULL,
    planned_for timestamp with time zone,
    visitors character varying(120) NOT NULL,
    office_name character varying(120) NOT NULL,
    finished_at timestamp with time zone,
    summary text NOT NULL,
    latitude numeric(8,5),
    longitude numeric(8,5),
    signed_by_name character varying(80) NOT NULL,
    signed_at timestamp with time zone,
    remark text NOT NULL,
    application_id bigint NOT NULL,
    enterprise_id bigint NOT NULL,
    signed_by_id bigint,
    sample_id bigint,
    summary_at timestamp with time zone,
    summary_by_name character varying(80) NOT NULL,
    summary_key character varying(40) NOT NULL,
    CONSTRAINT certification_visit_version_check CHECK ((version >= 0)),
    CONSTRAINT visit_state_is_known CHECK (((state)::text = ANY ((ARRAY['cancelled'::character varying, 'chosen'::character varying, 'countersigned'::character varying, 'finished'::character varying, 'not_signed'::character varying, 'planned'::character varying])::text[])))
);
ALTER TABLE ONLY public.certification_visit FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_visit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_visit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_visitline (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    place smallint NOT NULL,
    title character varying(200) NOT NULL,
    claim text NOT NULL,
    source character varying(40) NOT NULL,
    verdict character varying(12) NOT NULL,
    note text NOT NULL,
    key character varying(40) NOT NULL,
    at timestamp with time zone,
    by_name character varying(80) NOT NULL,
    enterprise_id bigint NOT NULL,
    visit_id bigint NOT NULL,
    CONSTRAINT certification_visitline_place_check CHECK ((place >= 0))
);
ALTER TABLE ONLY public.certification_visitline FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_visitline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_visitline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_visitphoto (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    key character varying(40) NOT NULL,
    sha256 character varying(64) NOT NULL,
    media_type character varying(40) NOT NULL,
    original_name character varying(200) NOT NULL,
    size integer NOT NULL,
    scan_state character varying(10) NOT NULL,
    hashed_at_capture boolean NOT NULL,
    taken_at timestamp with time zone,
    caption character varying(120) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    by_name character varying(80) NOT NULL,
    enterprise_id bigint NOT NULL,
    visit_id bigint NOT NULL,
    CONSTRAINT certification_visitphoto_size_check CHECK ((size >= 0))
);
ALTER TABLE ONLY public.certification_visitphoto FORCE ROW LEVEL SECURITY;
ALTER TABLE public.certification_visitphoto ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_visitphoto_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.certification_visitsample (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    share smallint NOT NULL,
    seed character varying(64) NOT NULL,
    algorithm character varying(160) NOT NULL,
    triggers_version character varying(20) NOT NULL,
    among integer NOT NULL,
    triggered integer NOT NULL,
    drawn integer NOT NULL,
    by_name character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    call_id bigint NOT NULL,
    fired jsonb NOT NULL,
    listed jsonb NOT NULL,
    number smallint NOT NULL,
    pool jsonb NOT NULL,
    record_hash character varying(64) NOT NULL,
    CONSTRAINT certification_visitsample_among_check CHECK ((among >= 0)),
    CONSTRAINT certification_visitsample_drawn_check CHECK ((drawn >= 0)),
    CONSTRAINT certification_visitsample_number_check CHECK ((number >= 0)),
    CONSTRAINT certification_visitsample_share_check CHECK ((share >= 0)),
    CONSTRAINT certification_visitsample_triggered_check CHECK ((triggered >= 0))
);
ALTER TABLE public.certification_visitsample ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.certification_visitsample_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_celery_beat_clockedschedule (
    id integer NOT NULL,
    clocked_time timestamp with time zone NOT NULL
);
ALTER TABLE public.django_celery_beat_clockedschedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_celery_beat_clockedschedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_celery_beat_crontabschedule (
    id integer NOT NULL,
    minute character varying(240) NOT NULL,
    hour character varying(96) NOT NULL,
    day_of_week character varying(64) NOT NULL,
    day_of_month character varying(124) NOT NULL,
    month_of_year character varying(64) NOT NULL,
    timezone character varying(63) NOT NULL
);
ALTER TABLE public.django_celery_beat_crontabschedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_celery_beat_crontabschedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_celery_beat_intervalschedule (
    id integer NOT NULL,
    every integer NOT NULL,
    period character varying(24) NOT NULL
);
ALTER TABLE public.django_celery_beat_intervalschedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_celery_beat_intervalschedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_celery_beat_periodictask (
    id integer NOT NULL,
    name character varying(200) NOT NULL,
    task character varying(200) NOT NULL,
    args text NOT NULL,
    kwargs text NOT NULL,
    queue character varying(200),
    exchange character varying(200),
    routing_key character varying(200),
    expires timestamp with time zone,
    enabled boolean NOT NULL,
    last_run_at timestamp with time zone,
    total_run_count integer NOT NULL,
    date_changed timestamp with time zone NOT NULL,
    description text NOT NULL,
    crontab_id integer,
    interval_id integer,
    solar_id integer,
    one_off boolean NOT NULL,
    start_time timestamp with time zone,
    priority integer,
    headers text NOT NULL,
    clocked_id integer,
    expire_seconds integer,
    CONSTRAINT django_celery_beat_periodictask_expire_seconds_check CHECK ((expire_seconds >= 0)),
    CONSTRAINT django_celery_beat_periodictask_priority_check CHECK ((priority >= 0)),
    CONSTRAINT django_celery_beat_periodictask_total_run_count_check CHECK ((total_run_count >= 0))
);
ALTER TABLE public.django_celery_beat_periodictask ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_celery_beat_periodictask_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_celery_beat_periodictasks (
    ident smallint NOT NULL,
    last_update timestamp with time zone NOT NULL
);
CREATE TABLE public.django_celery_beat_solarschedule (
    id integer NOT NULL,
    event character varying(24) NOT NULL,
    latitude numeric(9,6) NOT NULL,
    longitude numeric(9,6) NOT NULL
);
ALTER TABLE public.django_celery_beat_solarschedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_celery_beat_solarschedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.enterprises_annualreport (
    id bigint NOT NULL,
    year smallint NOT NULL,
    confirmed_at timestamp with time zone,
    confirmed_by_id bigint,
    enterprise_id bigint NOT NULL,
    changed_at timestamp with time zone,
    content_hash character varying(64) NOT NULL,
    groups jsonb NOT NULL,
    platform_reference character varying(40) NOT NULL,
    told jsonb NOT NULL,
    platform_on date,
    platform_source character varying(4) NOT NULL,
    platform_noted_at timestamp with time zone,
    platform_noted_by_id bigint,
    platform_office character varying(120) NOT NULL,
    platform_paper_id bigint,
    CONSTRAINT enterprises_annualreport_year_check CHECK ((year >= 0))
);
ALTER TABLE ONLY public.enterprises_annualreport FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_annualreport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_annualreport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_award (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    source character varying(12) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    title character varying(160) NOT NULL,
    level character varying(12) NOT NULL,
    rank smallint,
    certified_on date,
    enterprise_id bigint NOT NULL,
    evidence_id bigint,
    CONSTRAINT enterprises_award_rank_check CHECK ((rank >= 0))
);
ALTER TABLE ONLY public.enterprises_award FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_award ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_award_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_contest (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    source character varying(12) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    listing character varying(8) NOT NULL,
    announced_on date,
    enterprise_id bigint NOT NULL,
    evidence_id bigint
);
ALTER TABLE ONLY public.enterprises_contest FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_contest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_contest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_enterprise (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    credit_code character varying(18) NOT NULL,
    name character varying(120) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    industry_division character varying(2) NOT NULL,
    industry_class character varying(4) NOT NULL,
    main_product character varying(120) NOT NULL,
    established_on date,
    registered_capital_fen bigint,
    legal_representative character varying(60) NOT NULL,
    contact_name character varying(60) NOT NULL,
    contact_phone character varying(30) NOT NULL,
    contact_email character varying(254) NOT NULL,
    address character varying(200) NOT NULL,
    zjtx_reference character varying(40) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT enterprises_enterprise_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.enterprises_enterprise FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_enterprise ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_enterprise_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_evidence (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    kind character varying(40) NOT NULL,
    title character varying(160) NOT NULL,
    year smallint,
    original_name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    scan_state character varying(10) NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    enterprise_id bigint NOT NULL,
    uploaded_by_id bigint,
    CONSTRAINT enterprises_evidence_size_check CHECK ((size >= 0)),
    CONSTRAINT enterprises_evidence_year_check CHECK ((year >= 0))
);
ALTER TABLE ONLY public.enterprises_evidence FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_evidence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_evidence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_figure (
    id bigint NOT NULL,
    name character varying(40) NOT NULL,
    year smallint NOT NULL,
    fen bigint,
    quantity numeric(20,6),
    unit character varying(8) NOT NULL,
    source character varying(12) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    by_id bigint,
    enterprise_id bigint NOT NULL,
    evidence_id bigint,
    CONSTRAINT enterprises_figure_year_check CHECK ((year >= 0)),
    CONSTRAINT figure_is_money_or_quantity CHECK ((((fen IS NOT NULL) AND (quantity IS NULL)) OR ((fen IS NULL) AND (quantity IS NOT NULL)) OR ((fen IS NULL) AND (quantity IS NULL) AND ((source)::text = ANY ((ARRAY['government'::character varying, 'platform'::character varying])::text[])))))
);
ALTER TABLE ONLY public.enterprises_figure FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_figure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_figure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_figureentry (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    name character varying(40) NOT NULL,
    year smallint NOT NULL,
    source character varying(12) NOT NULL,
    issuer character varying(120) NOT NULL,
    document character varying(120) NOT NULL,
    dated_on date NOT NULL,
    way character varying(8) NOT NULL,
    by_name character varying(80) NOT NULL,
    office_name character varying(120) NOT NULL,
    office_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_by_name character varying(80) NOT NULL,
    withdrawn_because character varying(300) NOT NULL,
    by_id bigint,
    enterprise_id bigint NOT NULL,
    figure_id bigint NOT NULL,
    CONSTRAINT enterprises_figureentry_year_check CHECK ((year >= 0))
);
ALTER TABLE ONLY public.enterprises_figureentry FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_figureentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_figureentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_financing (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    source character varying(12) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    investor character varying(120) NOT NULL,
    record_code character varying(40) NOT NULL,
    amount_fen bigint NOT NULL,
    share_sold numeric(5,2),
    is_qualified boolean NOT NULL,
    paid_on date NOT NULL,
    enterprise_id bigint NOT NULL,
    evidence_id bigint
);
ALTER TABLE ONLY public.enterprises_financing FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_financing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_financing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_formerbody (
    id bigint NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    to_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    until date NOT NULL,
    reason text NOT NULL,
    office_name character varying(120) NOT NULL,
    at timestamp with time zone NOT NULL,
    enterprise_id bigint NOT NULL
);
ALTER TABLE ONLY public.enterprises_formerbody FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_formerbody ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_formerbody_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_honour (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    source character varying(12) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    name character varying(30) NOT NULL,
    number character varying(60) NOT NULL,
    valid_until date,
    enterprise_id bigint NOT NULL,
    evidence_id bigint
);
ALTER TABLE ONLY public.enterprises_honour FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_honour ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_honour_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_intellectualproperty (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    source character varying(12) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    title character varying(160) NOT NULL,
    number character varying(60) NOT NULL,
    applied_on date,
    granted_on date,
    acquired character varying(12) NOT NULL,
    transferred_on date,
    holder_rank smallint,
    related boolean,
    applied boolean,
    high_value character varying(20)[],
    is_implemented boolean,
    product_income_fen bigint,
    enterprise_id bigint NOT NULL,
    evidence_id bigint,
    CONSTRAINT enterprises_intellectualproperty_holder_rank_check CHECK ((holder_rank >= 0))
);
ALTER TABLE ONLY public.enterprises_intellectualproperty FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_intellectualproperty ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_intellectualproperty_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_managementcertificate (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    source character varying(12) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    name character varying(120) NOT NULL,
    number character varying(80) NOT NULL,
    valid_until date,
    is_overseas_product boolean NOT NULL,
    enterprise_id bigint NOT NULL,
    evidence_id bigint
);
ALTER TABLE ONLY public.enterprises_managementcertificate FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_managementcertificate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_managementcertificate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_membership (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    enterprise_name character varying(120) NOT NULL,
    role character varying(8) NOT NULL,
    state character varying(10) NOT NULL,
    method character varying(10) NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    reason text NOT NULL,
    decided_by_id bigint,
    enterprise_id bigint NOT NULL,
    letter_id bigint,
    user_id bigint NOT NULL,
    sees_data boolean NOT NULL,
    parts character varying(20)[] NOT NULL
);
ALTER TABLE public.enterprises_membership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_namehistory (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    until date NOT NULL,
    enterprise_id bigint NOT NULL
);
ALTER TABLE ONLY public.enterprises_namehistory FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_namehistory ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_namehistory_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_outsidetitle (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    source character varying(12) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    number character varying(60) NOT NULL,
    valid_until date NOT NULL,
    enterprise_id bigint NOT NULL,
    evidence_id bigint
);
ALTER TABLE ONLY public.enterprises_outsidetitle FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_outsidetitle ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_outsidetitle_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_rdinstitution (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    source character varying(12) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    name character varying(120) NOT NULL,
    level character varying(12) NOT NULL,
    document_number character varying(80) NOT NULL,
    approved_on date,
    enterprise_id bigint NOT NULL,
    evidence_id bigint
);
ALTER TABLE ONLY public.enterprises_rdinstitution FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_rdinstitution ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_rdinstitution_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_statement (
    id bigint NOT NULL,
    name character varying(40) NOT NULL,
    value jsonb NOT NULL,
    source character varying(12) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    by_id bigint,
    enterprise_id bigint NOT NULL,
    evidence_id bigint
);
ALTER TABLE ONLY public.enterprises_statement FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_statement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_statement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_takeover (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    method character varying(10) NOT NULL,
    reason character varying(200) NOT NULL,
    sessions_ended smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    enterprise_id bigint NOT NULL,
    replaced_id bigint NOT NULL,
    CONSTRAINT enterprises_takeover_sessions_ended_check CHECK ((sessions_ended >= 0))
);
ALTER TABLE ONLY public.enterprises_takeover FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_takeover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_takeover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.enterprises_touched (
    id bigint NOT NULL,
    names character varying(40)[] NOT NULL,
    enterprise_id bigint NOT NULL
);
ALTER TABLE ONLY public.enterprises_touched FORCE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_touched ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.enterprises_touched_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.exchange_apiclient (
    id bigint NOT NULL,
    client_id character varying(255) NOT NULL,
    redirect_uris text NOT NULL,
    post_logout_redirect_uris text NOT NULL,
    client_type character varying(32) NOT NULL,
    authorization_grant_type character varying(44) NOT NULL,
    client_secret character varying(255) NOT NULL,
    hash_client_secret boolean NOT NULL,
    name character varying(255) NOT NULL,
    skip_authorization boolean NOT NULL,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    algorithm character varying(5) NOT NULL,
    allowed_origins text NOT NULL,
    registration_source character varying(32) NOT NULL,
    cimd_expires_at timestamp with time zone,
    reach character varying(40) NOT NULL COLLATE pg_catalog."C",
    allowed_scopes character varying(40)[] NOT NULL,
    user_id bigint
);
ALTER TABLE public.exchange_apiclient ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.exchange_apiclient_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.exchange_change (
    seq bigint NOT NULL,
    type character varying(40) NOT NULL,
    public_id character varying(32) NOT NULL,
    credit_code character varying(18) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    enterprise_id bigint,
    version integer NOT NULL,
    op character varying(10) NOT NULL,
    changed_fields character varying(60)[] NOT NULL,
    at timestamp with time zone NOT NULL,
    is_draft boolean NOT NULL,
    "position" bigint,
    CONSTRAINT exchange_change_version_check CHECK ((version >= 0))
);
ALTER TABLE public.exchange_change ALTER COLUMN seq ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.exchange_change_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.exchange_idempotencykey (
    id bigint NOT NULL,
    principal character varying(80) NOT NULL,
    key character varying(128) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    status smallint NOT NULL,
    body jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT exchange_idempotencykey_status_check CHECK ((status >= 0))
);
ALTER TABLE ONLY public.exchange_idempotencykey FORCE ROW LEVEL SECURITY;
ALTER TABLE public.exchange_idempotencykey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.exchange_idempotencykey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.incentives_duty (
    id bigint NOT NULL,
    department character varying(40) NOT NULL,
    "position" smallint NOT NULL,
    measure_id bigint NOT NULL,
    CONSTRAINT incentives_duty_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.incentives_duty ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incentives_duty_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.incentives_entitlement (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    state character varying(30) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    opened_on date NOT NULL,
    ended_on date,
    certificate_id bigint NOT NULL,
    enterprise_id bigint NOT NULL,
    item_id bigint NOT NULL,
    CONSTRAINT entitlement_state_is_known CHECK (((state)::text = ANY ((ARRAY['ended'::character varying, 'open'::character varying])::text[]))),
    CONSTRAINT incentives_entitlement_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.incentives_entitlement FORCE ROW LEVEL SECURITY;
ALTER TABLE public.incentives_entitlement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incentives_entitlement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.incentives_measure (
    id bigint NOT NULL,
    code character varying(4) NOT NULL,
    title character varying(40) NOT NULL,
    clause character varying(40) NOT NULL,
    text text NOT NULL,
    checked_on date NOT NULL
);
ALTER TABLE public.incentives_measure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incentives_measure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.incentives_measureitem (
    id bigint NOT NULL,
    code character varying(8) NOT NULL,
    "position" smallint NOT NULL,
    title character varying(60) NOT NULL,
    audience character varying(40) NOT NULL,
    tiers character varying(16)[] NOT NULL,
    way character varying(1) NOT NULL,
    by_title boolean NOT NULL,
    condition character varying(80) NOT NULL,
    channel text NOT NULL,
    channel_source character varying(120) NOT NULL,
    channel_at timestamp with time zone,
    channel_by_id bigint,
    measure_id bigint NOT NULL,
    CONSTRAINT incentives_measureitem_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.incentives_measureitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incentives_measureitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.ledger_workitem (
    id bigint NOT NULL,
    kind character varying(60) NOT NULL,
    key character varying(200) NOT NULL,
    payload jsonb NOT NULL,
    state character varying(12) NOT NULL,
    attempts smallint NOT NULL,
    last_error text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    poked_at timestamp with time zone,
    result jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    tried_at timestamp with time zone,
    breaks smallint NOT NULL,
    tried_by character varying(32) NOT NULL,
    CONSTRAINT ledger_workitem_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT ledger_workitem_breaks_check CHECK ((breaks >= 0)),
    CONSTRAINT work_item_state_is_known CHECK (((state)::text = ANY ((ARRAY['todo'::character varying, 'done'::character varying, 'quarantined'::character varying])::text[])))
);
ALTER TABLE public.ledger_workitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_workitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mailroom_choice (
    id bigint NOT NULL,
    topic character varying(10) NOT NULL,
    email character varying(6) NOT NULL,
    sms boolean NOT NULL,
    person_id bigint NOT NULL
);
ALTER TABLE public.mailroom_choice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mailroom_choice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mailroom_delivery (
    id bigint NOT NULL,
    channel character varying(8) NOT NULL,
    state character varying(8) NOT NULL,
    sent_at timestamp with time zone,
    message_id bigint NOT NULL,
    answer character varying(300) NOT NULL,
    provider_id character varying(120) NOT NULL,
    way character varying(6) NOT NULL,
    digest_id bigint,
    CONSTRAINT delivery_state_is_known CHECK (((state)::text = ANY ((ARRAY['pending'::character varying, 'sent'::character varying, 'failed'::character varying, 'unsure'::character varying, 'digested'::character varying, 'silenced'::character varying])::text[])))
);
ALTER TABLE public.mailroom_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mailroom_delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mailroom_digest (
    id bigint NOT NULL,
    "on" date NOT NULL,
    state character varying(8) NOT NULL,
    sent_at timestamp with time zone,
    provider_id character varying(120) NOT NULL,
    answer character varying(300) NOT NULL,
    person_id bigint NOT NULL
);
ALTER TABLE public.mailroom_digest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mailroom_digest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mailroom_fallback (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    enterprise_id bigint,
    why character varying(120) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    message_id bigint NOT NULL
);
ALTER TABLE ONLY public.mailroom_fallback FORCE ROW LEVEL SECURITY;
ALTER TABLE public.mailroom_fallback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mailroom_fallback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mailroom_localsms (
    id bigint NOT NULL,
    provider_id character varying(120) NOT NULL,
    phone character varying(20) NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE public.mailroom_localsms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mailroom_localsms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mailroom_message (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    kind character varying(10) NOT NULL,
    subject character varying(120) NOT NULL,
    body text NOT NULL,
    url character varying(200) NOT NULL,
    about_type character varying(60) NOT NULL,
    about_id character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    recipient_id bigint,
    content_hash character varying(64) NOT NULL,
    due_on date,
    enterprise_id bigint,
    region_path character varying(40) NOT NULL COLLATE pg_catalog."C",
    topic character varying(10) NOT NULL,
    what_to_do character varying(200) NOT NULL
);
ALTER TABLE ONLY public.mailroom_message FORCE ROW LEVEL SECURITY;
ALTER TABLE public.mailroom_message ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mailroom_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mailroom_proof (
    id bigint NOT NULL,
    channel character varying(8) NOT NULL,
    what character varying(8) NOT NULL,
    at timestamp with time zone NOT NULL,
    answer character varying(300) NOT NULL,
    number character varying(80) NOT NULL,
    served_on date,
    by_name character varying(80) NOT NULL,
    by_office character varying(120) NOT NULL,
    message_id bigint NOT NULL
);
ALTER TABLE public.mailroom_proof ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mailroom_proof_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mailroom_quiethours (
    id bigint NOT NULL,
    begins smallint NOT NULL,
    ends smallint NOT NULL,
    person_id bigint NOT NULL,
    CONSTRAINT mailroom_quiethours_begins_check CHECK ((begins >= 0)),
    CONSTRAINT mailroom_quiethours_ends_check CHECK ((ends >= 0)),
    CONSTRAINT quiet_hours_are_hours CHECK (((begins <= 23) AND (ends <= 23)))
);
ALTER TABLE public.mailroom_quiethours ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mailroom_quiethours_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oauth2_provider_accesstoken (
    id bigint NOT NULL,
    token text NOT NULL,
    expires timestamp with time zone NOT NULL,
    scope text NOT NULL,
    application_id bigint,
    user_id bigint,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    source_refresh_token_id bigint,
    id_token_id bigint,
    token_checksum character varying(64) NOT NULL,
    resource jsonb NOT NULL
);
ALTER TABLE public.oauth2_provider_accesstoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_accesstoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oauth2_provider_devicegrant (
    id bigint NOT NULL,
    device_code character varying(100) NOT NULL,
    user_code character varying(100) NOT NULL,
    scope text NOT NULL,
    "interval" integer NOT NULL,
    expires timestamp with time zone NOT NULL,
    status character varying(64) NOT NULL,
    client_id character varying(100) NOT NULL,
    last_checked timestamp with time zone NOT NULL,
    user_id bigint
);
ALTER TABLE public.oauth2_provider_devicegrant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_devicegrant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oauth2_provider_grant (
    id bigint NOT NULL,
    code character varying(255) NOT NULL,
    expires timestamp with time zone NOT NULL,
    redirect_uri text NOT NULL,
    scope text NOT NULL,
    application_id bigint NOT NULL,
    user_id bigint NOT NULL,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    code_challenge character varying(128) NOT NULL,
    code_challenge_method character varying(10) NOT NULL,
    nonce character varying(255) NOT NULL,
    claims text NOT NULL,
    resource jsonb NOT NULL
);
ALTER TABLE public.oauth2_provider_grant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_grant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oauth2_provider_idtoken (
    id bigint NOT NULL,
    jti uuid NOT NULL,
    expires timestamp with time zone NOT NULL,
    scope text NOT NULL,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    application_id bigint,
    user_id bigint
);
ALTER TABLE public.oauth2_provider_idtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_idtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oauth2_provider_refreshtoken (
    id bigint NOT NULL,
    token text NOT NULL,
    access_token_id bigint,
    application_id bigint NOT NULL,
    user_id bigint NOT NULL,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    revoked timestamp with time zone,
    token_family uuid,
    token_checksum character varying(64) NOT NULL,
    resource jsonb NOT NULL
);
ALTER TABLE public.oauth2_provider_refreshtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oauth2_provider_refreshtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.outages_outage (
    id bigint NOT NULL,
    public_id character varying(16) NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    what character varying(200) NOT NULL,
    source character varying(8) NOT NULL,
    evidence text NOT NULL,
    by_name character varying(80) NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    struck_at timestamp with time zone,
    struck_reason character varying(200) NOT NULL,
    by_id bigint,
    CONSTRAINT outage_ends_after_it_began CHECK (((ended_at IS NULL) OR (ended_at >= began_at)))
);
ALTER TABLE public.outages_outage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.outages_outage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.outages_pulse (
    id bigint NOT NULL,
    name character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE public.outages_pulse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.outages_pulse_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.regions_recommendingbody (
    id bigint NOT NULL,
    path character varying(40) NOT NULL COLLATE pg_catalog."C",
    code character varying(12) NOT NULL,
    name character varying(80) NOT NULL,
    short_name character varying(20) NOT NULL,
    level character varying(10) NOT NULL,
    gb_code character varying(6) NOT NULL,
    is_active boolean NOT NULL,
    "order" smallint NOT NULL,
    CONSTRAINT regions_recommendingbody_order_check CHECK (("order" >= 0))
);
ALTER TABLE public.regions_recommendingbody ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.regions_recommendingbody_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.usersessions_usersession (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ip inet NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    session_key character varying(40) NOT NULL,
    user_agent character varying(200) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.usersessions_usersession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.workdays_day (
    id bigint NOT NULL,
    day date NOT NULL,
    is_workday boolean NOT NULL,
    note character varying(40) NOT NULL
);
ALTER TABLE public.workdays_day ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workdays_day_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.workdays_year (
    id bigint NOT NULL,
    year smallint NOT NULL,
    is_announced boolean NOT NULL,
    source character varying(200) NOT NULL,
    CONSTRAINT workdays_year_year_check CHECK ((year >= 0))
);
ALTER TABLE public.workdays_year ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workdays_year_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
INSERT INTO public.auth_permission VALUES
	(1, 'Can add permission', 1, 'add_permission'),
	(2, 'Can change permission', 1, 'change_permission'),
	(3, 'Can delete permission', 1, 'delete_permission'),
	(4, 'Can view permission', 1, 'view_permission'),
	(5, 'Can add group', 2, 'add_group'),
	(6, 'Can change group', 2, 'change_group'),
	(7, 'Can delete group', 2, 'delete_group'),
	(8, 'Can view group', 2, 'view_group'),
	(9, 'Can add content type', 3, 'add_contenttype'),
	(10, 'Can change content type', 3, 'change_contenttype'),
	(11, 'Can delete content type', 3, 'delete_contenttype'),
	(12, 'Can view content type', 3, 'view_contenttype'),
	(13, 'Can add session', 4, 'add_session'),
	(14, 'Can change session', 4, 'change_session'),
	(15, 'Can delete session', 4, 'delete_session'),
	(16, 'Can view session', 4, 'view_session'),
	(17, 'Can add access token', 5, 'add_accesstoken'),
	(18, 'Can change access token', 5, 'change_accesstoken'),
	(19, 'Can delete access token', 5, 'delete_accesstoken'),
	(20, 'Can view access token', 5, 'view_accesstoken'),
	(21, 'Can add grant', 6, 'add_grant'),
	(22, 'Can change grant', 6, 'change_grant'),
	(23, 'Can delete grant', 6, 'delete_grant'),
	(24, 'Can view grant', 6, 'view_grant'),
	(25, 'Can add refresh token', 7, 'add_refreshtoken'),
	(26, 'Can change refresh token', 7, 'change_refreshtoken'),
	(27, 'Can delete refresh token', 7, 'delete_refreshtoken'),
	(28, 'Can view refresh token', 7, 'view_refreshtoken'),
	(29, 'Can add id token', 8, 'add_idtoken'),
	(30, 'Can change id token', 8, 'change_idtoken'),
	(31, 'Can delete id token', 8, 'delete_idtoken'),
	(32, 'Can view id token', 8, 'view_idtoken'),
	(33, 'Can add device grant', 9, 'add_devicegrant'),
	(34, 'Can change device grant', 9, 'change_devicegrant'),
	(35, 'Can delete device grant', 9, 'delete_devicegrant'),
	(36, 'Can view device grant', 9, 'view_devicegrant'),
	(37, 'Can add email address', 10, 'add_emailaddress'),
	(38, 'Can change email address', 10, 'change_emailaddress'),
	(39, 'Can delete email address', 10, 'delete_emailaddress'),
	(40, 'Can view email address', 10, 'view_emailaddress'),
	(41, 'Can add email confirmation', 11, 'add_emailconfirmation'),
	(42, 'Can change email confirmation', 11, 'change_emailconfirmation'),
	(43, 'Can delete email confirmation', 11, 'delete_emailconfirmation'),
	(44, 'Can view email confirmation', 11, 'view_emailconfirmation'),
	(45, 'Can add authenticator', 12, 'add_authenticator'),
	(46, 'Can change authenticator', 12, 'change_authenticator'),
	(47, 'Can delete authenticator', 12, 'delete_authenticator'),
	(48, 'Can view authenticator', 12, 'view_authenticator'),
	(49, 'Can add user session', 13, 'add_usersession'),
	(50, 'Can change user session', 13, 'change_usersession'),
	(51, 'Can delete user session', 13, 'delete_usersession'),
	(52, 'Can view user session', 13, 'view_usersession'),
	(53, 'Can add crontab', 14, 'add_crontabschedule'),
	(54, 'Can change crontab', 14, 'change_crontabschedule'),
	(55, 'Can delete crontab', 14, 'delete_crontabschedule'),
	(56, 'Can view crontab', 14, 'view_crontabschedule'),
	(57, 'Can add interval', 15, 'add_intervalschedule'),
	(58, 'Can change interval', 15, 'change_intervalschedule'),
	(59, 'Can delete interval', 15, 'delete_intervalschedule'),
	(60, 'Can view interval', 15, 'view_intervalschedule'),
	(61, 'Can add periodic task', 16, 'add_periodictask'),
	(62, 'Can change periodic task', 16, 'change_periodictask'),
	(63, 'Can delete periodic task', 16, 'delete_periodictask'),
	(64, 'Can view periodic task', 16, 'view_periodictask'),
	(65, 'Can add periodic task track', 17, 'add_periodictasks'),
	(66, 'Can change periodic task track', 17, 'change_periodictasks'),
	(67, 'Can delete periodic task track', 17, 'delete_periodictasks'),
	(68, 'Can view periodic task track', 17, 'view_periodictasks'),
	(69, 'Can add solar event', 18, 'add_solarschedule'),
	(70, 'Can change solar event', 18, 'change_solarschedule'),
	(71, 'Can delete solar event', 18, 'delete_solarschedule'),
	(72, 'Can view solar event', 18, 'view_solarschedule'),
	(73, 'Can add clocked', 19, 'add_clockedschedule'),
	(74, 'Can change clocked', 19, 'change_clockedschedule'),
	(75, 'Can delete clocked', 19, 'delete_clockedschedule'),
	(76, 'Can view clocked', 19, 'view_clockedschedule'),
	(77, 'Can add 推荐机构', 20, 'add_recommendingbody'),
	(78, 'Can change 推荐机构', 20, 'change_recommendingbody'),
	(79, 'Can delete 推荐机构', 20, 'delete_recommendingbody'),
	(80, 'Can view 推荐机构', 20, 'view_recommendingbody'),
	(81, 'Can add day', 21, 'add_day'),
	(82, 'Can change day', 21, 'change_day'),
	(83, 'Can delete day', 21, 'delete_day'),
	(84, 'Can view day', 21, 'view_day'),
	(85, 'Can add year', 22, 'add_year'),
	(86, 'Can change year', 22, 'change_year'),
	(87, 'Can delete year', 22, 'delete_year'),
	(88, 'Can view year', 22, 'view_year'),
	(89, 'Can add audit event', 23, 'add_auditevent'),
	(90, 'Can change audit event', 23, 'change_auditevent'),
	(91, 'Can delete audit event', 23, 'delete_auditevent'),
	(92, 'Can view audit event', 23, 'view_auditevent'),
	(93, 'Can add audit link', 24, 'add_auditlink'),
	(94, 'Can change audit link', 24, 'change_auditlink'),
	(95, 'Can delete audit link', 24, 'delete_auditlink'),
	(96, 'Can view audit link', 24, 'view_auditlink'),
	(97, 'Can add audit seal', 25, 'add_auditseal'),
	(98, 'Can change audit seal', 25, 'change_auditseal'),
	(99, 'Can delete audit seal', 25, 'delete_auditseal'),
	(100, 'Can view audit seal', 25, 'view_auditseal'),
	(101, 'Can add inspection', 26, 'add_inspection'),
	(102, 'Can change inspection', 26, 'change_inspection'),
	(103, 'Can delete inspection', 26, 'delete_inspection'),
	(104, 'Can view inspection', 26, 'view_inspection'),
	(105, 'Can add 账号', 27, 'add_user'),
	(106, 'Can change 账号', 27, 'change_user'),
	(107, 'Can delete 账号', 27, 'delete_user'),
	(108, 'Can view 账号', 27, 'view_user'),
	(109, 'Can add office', 28, 'add_office'),
	(110, 'Can change office', 28, 'change_office'),
	(111, 'Can delete office', 28, 'delete_office'),
	(112, 'Can view office', 28, 'view_office'),
	(113, 'Can add post', 29, 'add_post'),
	(114, 'Can change post', 29, 'change_post'),
	(115, 'Can delete post', 29, 'delete_post'),
	(116, 'Can view post', 29, 'view_post'),
	(117, 'Can add attempts', 30, 'add_attempts'),
	(118, 'Can change attempts', 30, 'change_attempts'),
	(119, 'Can delete attempts', 30, 'delete_attempts'),
	(120, 'Can view attempts', 30, 'view_attempts'),
	(121, 'Can add work item', 31, 'add_workitem'),
	(122, 'Can change work item', 31, 'change_workitem'),
	(123, 'Can delete work item', 31, 'delete_workitem'),
	(124, 'Can view work item', 31, 'view_workitem'),
	(125, 'Can add message', 32, 'add_message'),
	(126, 'Can change message', 32, 'change_message'),
	(127, 'Can delete message', 32, 'delete_message'),
	(128, 'Can view message', 32, 'view_message'),
	(129, 'Can add delivery', 33, 'add_delivery'),
	(130, 'Can change delivery', 33, 'change_delivery'),
	(131, 'Can delete delivery', 33, 'delete_delivery'),
	(132, 'Can view delivery', 33, 'view_delivery'),
	(133, 'Can add choice', 34, 'add_choice'),
	(134, 'Can change choice', 34, 'change_choice'),
	(135, 'Can delete choice', 34, 'delete_choice'),
	(136, 'Can view choice', 34, 'view_choice'),
	(137, 'Can add digest', 35, 'add_digest'),
	(138, 'Can change digest', 35, 'change_digest'),
	(139, 'Can delete digest', 35, 'delete_digest'),
	(140, 'Can view digest', 35, 'view_digest'),
	(141, 'Can add fallback', 36, 'add_fallback'),
	(142, 'Can change fallback', 36, 'change_fallback'),
	(143, 'Can delete fallback', 36, 'delete_fallback'),
	(144, 'Can view fallback', 36, 'view_fallback'),
	(145, 'Can add local sms', 37, 'add_localsms'),
	(146, 'Can change local sms', 37, 'change_localsms'),
	(147, 'Can delete local sms', 37, 'delete_localsms'),
	(148, 'Can view local sms', 37, 'view_localsms'),
	(149, 'Can add proof', 38, 'add_proof'),
	(150, 'Can change proof', 38, 'change_proof'),
	(151, 'Can delete proof', 38, 'delete_proof'),
	(152, 'Can view proof', 38, 'view_proof'),
	(153, 'Can add quiet hours', 39, 'add_quiethours'),
	(154, 'Can change quiet hours', 39, 'change_quiethours'),
	(155, 'Can delete quiet hours', 39, 'delete_quiethours'),
	(156, 'Can view quiet hours', 39, 'view_quiethours'),
	(157, 'Can add 接口客户端', 40, 'add_apiclient'),
	(158, 'Can change 接口客户端', 40, 'change_apiclient'),
	(159, 'Can delete 接口客户端', 40, 'delete_apiclient'),
	(160, 'Can view 接口客户端', 40, 'view_apiclient'),
	(161, 'Can add change', 41, 'add_change'),
	(162, 'Can change change', 41, 'change_change'),
	(163, 'Can delete change', 41, 'delete_change'),
	(164, 'Can view change', 41, 'view_change'),
	(165, 'Can add idempotency key', 42, 'add_idempotencykey'),
	(166, 'Can change idempotency key', 42, 'change_idempotencykey'),
	(167, 'Can delete idempotency key', 42, 'delete_idempotencykey'),
	(168, 'Can view idempotency key', 42, 'view_idempotencykey'),
	(169, 'Can add pulse', 43, 'add_pulse'),
	(170, 'Can change pulse', 43, 'change_pulse'),
	(171, 'Can delete pulse', 43, 'delete_pulse'),
	(172, 'Can view pulse', 43, 'view_pulse'),
	(173, 'Can add 故障', 44, 'add_outage'),
	(174, 'Can change 故障', 44, 'change_outage'),
	(175, 'Can delete 故障', 44, 'delete_outage'),
	(176, 'Can view 故障', 44, 'view_outage'),
	(177, 'Can add 企业', 45, 'add_enterprise'),
	(178, 'Can change 企业', 45, 'change_enterprise'),
	(179, 'Can delete 企业', 45, 'delete_enterprise'),
	(180, 'Can view 企业', 45, 'view_enterprise'),
	(181, 'Can add 材料', 46, 'add_evidence'),
	(182, 'Can change 材料', 46, 'change_evidence'),
	(183, 'Can delete 材料', 46, 'delete_evidence'),
	(184, 'Can view 材料', 46, 'view_evidence'),
	(185, 'Can add contest', 47, 'add_contest'),
	(186, 'Can change contest', 47, 'change_contest'),
	(187, 'Can delete contest', 47, 'delete_contest'),
	(188, 'Can view contest', 47, 'view_contest'),
	(189, 'Can add award', 48, 'add_award'),
	(190, 'Can change award', 48, 'change_award'),
	(191, 'Can delete award', 48, 'delete_award'),
	(192, 'Can view award', 48, 'view_award'),
	(193, 'Can add figure', 49, 'add_figure'),
	(194, 'Can change figure', 49, 'change_figure'),
	(195, 'Can delete figure', 49, 'delete_figure'),
	(196, 'Can view figure', 49, 'view_figure'),
	(197, 'Can add financing', 50, 'add_financing'),
	(198, 'Can change financing', 50, 'change_financing'),
	(199, 'Can delete financing', 50, 'delete_financing'),
	(200, 'Can view financing', 50, 'view_financing');
INSERT INTO public.auth_permission VALUES
	(201, 'Can add honour', 51, 'add_honour'),
	(202, 'Can change honour', 51, 'change_honour'),
	(203, 'Can delete honour', 51, 'delete_honour'),
	(204, 'Can view honour', 51, 'view_honour'),
	(205, 'Can add intellectual property', 52, 'add_intellectualproperty'),
	(206, 'Can change intellectual property', 52, 'change_intellectualproperty'),
	(207, 'Can delete intellectual property', 52, 'delete_intellectualproperty'),
	(208, 'Can view intellectual property', 52, 'view_intellectualproperty'),
	(209, 'Can add management certificate', 53, 'add_managementcertificate'),
	(210, 'Can change management certificate', 53, 'change_managementcertificate'),
	(211, 'Can delete management certificate', 53, 'delete_managementcertificate'),
	(212, 'Can view management certificate', 53, 'view_managementcertificate'),
	(213, 'Can add membership', 54, 'add_membership'),
	(214, 'Can change membership', 54, 'change_membership'),
	(215, 'Can delete membership', 54, 'delete_membership'),
	(216, 'Can view membership', 54, 'view_membership'),
	(217, 'Can add name history', 55, 'add_namehistory'),
	(218, 'Can change name history', 55, 'change_namehistory'),
	(219, 'Can delete name history', 55, 'delete_namehistory'),
	(220, 'Can view name history', 55, 'view_namehistory'),
	(221, 'Can add rd institution', 56, 'add_rdinstitution'),
	(222, 'Can change rd institution', 56, 'change_rdinstitution'),
	(223, 'Can delete rd institution', 56, 'delete_rdinstitution'),
	(224, 'Can view rd institution', 56, 'view_rdinstitution'),
	(225, 'Can add statement', 57, 'add_statement'),
	(226, 'Can change statement', 57, 'change_statement'),
	(227, 'Can delete statement', 57, 'delete_statement'),
	(228, 'Can view statement', 57, 'view_statement'),
	(229, 'Can add annual report', 58, 'add_annualreport'),
	(230, 'Can change annual report', 58, 'change_annualreport'),
	(231, 'Can delete annual report', 58, 'delete_annualreport'),
	(232, 'Can view annual report', 58, 'view_annualreport'),
	(233, 'Can add takeover', 59, 'add_takeover'),
	(234, 'Can change takeover', 59, 'change_takeover'),
	(235, 'Can delete takeover', 59, 'delete_takeover'),
	(236, 'Can view takeover', 59, 'view_takeover'),
	(237, 'Can add outside title', 60, 'add_outsidetitle'),
	(238, 'Can change outside title', 60, 'change_outsidetitle'),
	(239, 'Can delete outside title', 60, 'delete_outsidetitle'),
	(240, 'Can view outside title', 60, 'view_outsidetitle'),
	(241, 'Can add touched', 61, 'add_touched'),
	(242, 'Can change touched', 61, 'change_touched'),
	(243, 'Can delete touched', 61, 'delete_touched'),
	(244, 'Can view touched', 61, 'view_touched'),
	(245, 'Can add 原推荐单位', 62, 'add_formerbody'),
	(246, 'Can change 原推荐单位', 62, 'change_formerbody'),
	(247, 'Can delete 原推荐单位', 62, 'delete_formerbody'),
	(248, 'Can view 原推荐单位', 62, 'view_formerbody'),
	(249, 'Can add 登记的数据', 63, 'add_figureentry'),
	(250, 'Can change 登记的数据', 63, 'change_figureentry'),
	(251, 'Can delete 登记的数据', 63, 'delete_figureentry'),
	(252, 'Can view 登记的数据', 63, 'view_figureentry'),
	(253, 'Can add 批次', 64, 'add_call'),
	(254, 'Can change 批次', 64, 'change_call'),
	(255, 'Can delete 批次', 64, 'delete_call'),
	(256, 'Can view 批次', 64, 'view_call'),
	(257, 'Can add cycle', 65, 'add_cycle'),
	(258, 'Can change cycle', 65, 'change_cycle'),
	(259, 'Can delete cycle', 65, 'delete_cycle'),
	(260, 'Can view cycle', 65, 'view_cycle'),
	(261, 'Can add 申请', 66, 'add_application'),
	(262, 'Can change 申请', 66, 'change_application'),
	(263, 'Can delete 申请', 66, 'delete_application'),
	(264, 'Can view 申请', 66, 'view_application'),
	(265, 'Can add 公告', 67, 'add_announcement'),
	(266, 'Can change 公告', 67, 'change_announcement'),
	(267, 'Can delete 公告', 67, 'delete_announcement'),
	(268, 'Can view 公告', 67, 'view_announcement'),
	(269, 'Can add 称号', 68, 'add_certificate'),
	(270, 'Can change 称号', 68, 'change_certificate'),
	(271, 'Can delete 称号', 68, 'delete_certificate'),
	(272, 'Can view 称号', 68, 'view_certificate'),
	(273, 'Can add confirmation', 69, 'add_confirmation'),
	(274, 'Can change confirmation', 69, 'change_confirmation'),
	(275, 'Can delete confirmation', 69, 'delete_confirmation'),
	(276, 'Can view confirmation', 69, 'view_confirmation'),
	(277, 'Can add correction', 70, 'add_correction'),
	(278, 'Can change correction', 70, 'change_correction'),
	(279, 'Can delete correction', 70, 'delete_correction'),
	(280, 'Can view correction', 70, 'view_correction'),
	(281, 'Can add finding', 71, 'add_finding'),
	(282, 'Can change finding', 71, 'change_finding'),
	(283, 'Can delete finding', 71, 'delete_finding'),
	(284, 'Can view finding', 71, 'view_finding'),
	(285, 'Can add opinion', 72, 'add_opinion'),
	(286, 'Can change opinion', 72, 'change_opinion'),
	(287, 'Can delete opinion', 72, 'delete_opinion'),
	(288, 'Can view opinion', 72, 'view_opinion'),
	(289, 'Can add outcome', 73, 'add_outcome'),
	(290, 'Can change outcome', 73, 'change_outcome'),
	(291, 'Can delete outcome', 73, 'delete_outcome'),
	(292, 'Can view outcome', 73, 'view_outcome'),
	(293, 'Can add 年度通知', 74, 'add_overlay'),
	(294, 'Can change 年度通知', 74, 'change_overlay'),
	(295, 'Can delete 年度通知', 74, 'delete_overlay'),
	(296, 'Can view 年度通知', 74, 'view_overlay'),
	(297, 'Can add 公示', 75, 'add_posting'),
	(298, 'Can change 公示', 75, 'change_posting'),
	(299, 'Can delete 公示', 75, 'delete_posting'),
	(300, 'Can view 公示', 75, 'view_posting'),
	(301, 'Can add posting item', 76, 'add_postingitem'),
	(302, 'Can change posting item', 76, 'change_postingitem'),
	(303, 'Can delete posting item', 76, 'delete_postingitem'),
	(304, 'Can view posting item', 76, 'view_postingitem'),
	(305, 'Can add 规则集', 77, 'add_ruleset'),
	(306, 'Can change 规则集', 77, 'change_ruleset'),
	(307, 'Can delete 规则集', 77, 'delete_ruleset'),
	(308, 'Can view 规则集', 77, 'view_ruleset'),
	(309, 'Can add sequence', 78, 'add_sequence'),
	(310, 'Can change sequence', 78, 'change_sequence'),
	(311, 'Can delete sequence', 78, 'delete_sequence'),
	(312, 'Can view sequence', 78, 'view_sequence'),
	(313, 'Can add submission', 79, 'add_submission'),
	(314, 'Can change submission', 79, 'change_submission'),
	(315, 'Can delete submission', 79, 'delete_submission'),
	(316, 'Can view submission', 79, 'view_submission'),
	(317, 'Can add 目标', 80, 'add_target'),
	(318, 'Can change 目标', 80, 'change_target'),
	(319, 'Can delete 目标', 80, 'delete_target'),
	(320, 'Can view 目标', 80, 'view_target'),
	(321, 'Can add verdict', 81, 'add_verdict'),
	(322, 'Can change verdict', 81, 'change_verdict'),
	(323, 'Can delete verdict', 81, 'delete_verdict'),
	(324, 'Can view verdict', 81, 'view_verdict'),
	(325, 'Can add 办理时限', 82, 'add_stagelimit'),
	(326, 'Can change 办理时限', 82, 'change_stagelimit'),
	(327, 'Can delete 办理时限', 82, 'delete_stagelimit'),
	(328, 'Can view 办理时限', 82, 'view_stagelimit'),
	(329, 'Can add stage time', 83, 'add_stagetime'),
	(330, 'Can change stage time', 83, 'change_stagetime'),
	(331, 'Can delete stage time', 83, 'delete_stagetime'),
	(332, 'Can view stage time', 83, 'view_stagetime'),
	(333, 'Can add cover', 84, 'add_cover'),
	(334, 'Can change cover', 84, 'change_cover'),
	(335, 'Can delete cover', 84, 'delete_cover'),
	(336, 'Can view cover', 84, 'view_cover'),
	(337, 'Can add handling', 85, 'add_handling'),
	(338, 'Can change handling', 85, 'change_handling'),
	(339, 'Can delete handling', 85, 'delete_handling'),
	(340, 'Can view handling', 85, 'view_handling'),
	(341, 'Can add highlight', 86, 'add_highlight'),
	(342, 'Can change highlight', 86, 'change_highlight'),
	(343, 'Can delete highlight', 86, 'delete_highlight'),
	(344, 'Can view highlight', 86, 'view_highlight'),
	(345, 'Can add 口径', 87, 'add_interpretation'),
	(346, 'Can change 口径', 87, 'change_interpretation'),
	(347, 'Can delete 口径', 87, 'delete_interpretation'),
	(348, 'Can view 口径', 87, 'view_interpretation'),
	(349, 'Can add look', 88, 'add_look'),
	(350, 'Can change look', 88, 'change_look'),
	(351, 'Can delete look', 88, 'delete_look'),
	(352, 'Can view look', 88, 'view_look'),
	(353, 'Can add pause', 89, 'add_pause'),
	(354, 'Can change pause', 89, 'change_pause'),
	(355, 'Can delete pause', 89, 'delete_pause'),
	(356, 'Can view pause', 89, 'view_pause'),
	(357, 'Can add saved view', 90, 'add_savedview'),
	(358, 'Can change saved view', 90, 'change_savedview'),
	(359, 'Can delete saved view', 90, 'delete_savedview'),
	(360, 'Can view saved view', 90, 'view_savedview'),
	(361, 'Can add sign off', 91, 'add_signoff'),
	(362, 'Can change sign off', 91, 'change_signoff'),
	(363, 'Can delete sign off', 91, 'delete_signoff'),
	(364, 'Can view sign off', 91, 'view_signoff'),
	(365, 'Can add 评审任务', 92, 'add_assignment'),
	(366, 'Can change 评审任务', 92, 'change_assignment'),
	(367, 'Can delete 评审任务', 92, 'delete_assignment'),
	(368, 'Can view 评审任务', 92, 'view_assignment'),
	(369, 'Can add score', 93, 'add_score'),
	(370, 'Can change score', 93, 'change_score'),
	(371, 'Can delete score', 93, 'delete_score'),
	(372, 'Can view score', 93, 'view_score'),
	(373, 'Can add 评审专家', 94, 'add_expert'),
	(374, 'Can change 评审专家', 94, 'change_expert'),
	(375, 'Can delete 评审专家', 94, 'delete_expert'),
	(376, 'Can view 评审专家', 94, 'view_expert'),
	(377, 'Can add 专家评审', 95, 'add_round'),
	(378, 'Can change 专家评审', 95, 'change_round'),
	(379, 'Can delete 专家评审', 95, 'delete_round'),
	(380, 'Can view 专家评审', 95, 'view_round'),
	(381, 'Can add round case', 96, 'add_roundcase'),
	(382, 'Can change round case', 96, 'change_roundcase'),
	(383, 'Can delete round case', 96, 'delete_roundcase'),
	(384, 'Can view round case', 96, 'view_roundcase'),
	(385, 'Can add draw line', 97, 'add_drawline'),
	(386, 'Can change draw line', 97, 'change_drawline'),
	(387, 'Can delete draw line', 97, 'delete_drawline'),
	(388, 'Can view draw line', 97, 'view_drawline'),
	(389, 'Can add blind paper', 98, 'add_blindpaper'),
	(390, 'Can change blind paper', 98, 'change_blindpaper'),
	(391, 'Can delete blind paper', 98, 'delete_blindpaper'),
	(392, 'Can view blind paper', 98, 'view_blindpaper'),
	(393, 'Can add 异议', 99, 'add_objection'),
	(394, 'Can change 异议', 99, 'change_objection'),
	(395, 'Can delete 异议', 99, 'delete_objection'),
	(396, 'Can view 异议', 99, 'view_objection'),
	(397, 'Can add objection paper', 100, 'add_objectionpaper'),
	(398, 'Can change objection paper', 100, 'change_objectionpaper'),
	(399, 'Can delete objection paper', 100, 'delete_objectionpaper'),
	(400, 'Can view objection paper', 100, 'view_objectionpaper');
INSERT INTO public.auth_permission VALUES
	(401, 'Can add 决定文书', 101, 'add_letter'),
	(402, 'Can change 决定文书', 101, 'change_letter'),
	(403, 'Can delete 决定文书', 101, 'delete_letter'),
	(404, 'Can view 决定文书', 101, 'view_letter'),
	(405, 'Can add 审议会', 102, 'add_meeting'),
	(406, 'Can change 审议会', 102, 'change_meeting'),
	(407, 'Can delete 审议会', 102, 'delete_meeting'),
	(408, 'Can view 审议会', 102, 'view_meeting'),
	(409, 'Can add agenda item', 103, 'add_agendaitem'),
	(410, 'Can change agenda item', 103, 'change_agendaitem'),
	(411, 'Can delete agenda item', 103, 'delete_agendaitem'),
	(412, 'Can view agenda item', 103, 'view_agendaitem'),
	(413, 'Can add meeting member', 104, 'add_meetingmember'),
	(414, 'Can change meeting member', 104, 'change_meetingmember'),
	(415, 'Can delete meeting member', 104, 'delete_meetingmember'),
	(416, 'Can view meeting member', 104, 'view_meetingmember'),
	(417, 'Can add ballot', 105, 'add_ballot'),
	(418, 'Can change ballot', 105, 'change_ballot'),
	(419, 'Can delete ballot', 105, 'delete_ballot'),
	(420, 'Can view ballot', 105, 'view_ballot'),
	(421, 'Can add 复审', 106, 'add_reconsideration'),
	(422, 'Can change 复审', 106, 'change_reconsideration'),
	(423, 'Can delete 复审', 106, 'delete_reconsideration'),
	(424, 'Can view 复审', 106, 'view_reconsideration'),
	(425, 'Can add 退出', 107, 'add_exit'),
	(426, 'Can change 退出', 107, 'change_exit'),
	(427, 'Can delete 退出', 107, 'delete_exit'),
	(428, 'Can view 退出', 107, 'view_exit'),
	(429, 'Can add exit reply', 108, 'add_exitreply'),
	(430, 'Can change exit reply', 108, 'change_exitreply'),
	(431, 'Can delete exit reply', 108, 'delete_exitreply'),
	(432, 'Can view exit reply', 108, 'view_exitreply'),
	(433, 'Can add 期限裁定', 109, 'add_dayruling'),
	(434, 'Can change 期限裁定', 109, 'change_dayruling'),
	(435, 'Can delete 期限裁定', 109, 'delete_dayruling'),
	(436, 'Can view 期限裁定', 109, 'view_dayruling'),
	(437, 'Can add 重大变化', 110, 'add_majorchange'),
	(438, 'Can change 重大变化', 110, 'change_majorchange'),
	(439, 'Can delete 重大变化', 110, 'delete_majorchange'),
	(440, 'Can view 重大变化', 110, 'view_majorchange'),
	(441, 'Can add 期限提醒', 111, 'add_reminder'),
	(442, 'Can change 期限提醒', 111, 'change_reminder'),
	(443, 'Can delete 期限提醒', 111, 'delete_reminder'),
	(444, 'Can view 期限提醒', 111, 'view_reminder'),
	(445, 'Can add judgement', 112, 'add_judgement'),
	(446, 'Can change judgement', 112, 'change_judgement'),
	(447, 'Can delete judgement', 112, 'delete_judgement'),
	(448, 'Can view judgement', 112, 'view_judgement'),
	(449, 'Can add snapshot', 113, 'add_snapshot'),
	(450, 'Can change snapshot', 113, 'change_snapshot'),
	(451, 'Can delete snapshot', 113, 'delete_snapshot'),
	(452, 'Can view snapshot', 113, 'view_snapshot'),
	(453, 'Can add cohort', 114, 'add_cohort'),
	(454, 'Can change cohort', 114, 'change_cohort'),
	(455, 'Can delete cohort', 114, 'delete_cohort'),
	(456, 'Can view cohort', 114, 'view_cohort'),
	(457, 'Can add cohort title', 115, 'add_cohorttitle'),
	(458, 'Can change cohort title', 115, 'change_cohorttitle'),
	(459, 'Can delete cohort title', 115, 'delete_cohorttitle'),
	(460, 'Can view cohort title', 115, 'view_cohorttitle'),
	(461, 'Can add 帮扶', 116, 'add_assistance'),
	(462, 'Can change 帮扶', 116, 'change_assistance'),
	(463, 'Can delete 帮扶', 116, 'delete_assistance'),
	(464, 'Can view 帮扶', 116, 'view_assistance'),
	(465, 'Can add assistance note', 117, 'add_assistancenote'),
	(466, 'Can change assistance note', 117, 'change_assistancenote'),
	(467, 'Can delete assistance note', 117, 'delete_assistancenote'),
	(468, 'Can view assistance note', 117, 'view_assistancenote'),
	(469, 'Can add 情况', 118, 'add_incident'),
	(470, 'Can change 情况', 118, 'change_incident'),
	(471, 'Can delete 情况', 118, 'delete_incident'),
	(472, 'Can view 情况', 118, 'view_incident'),
	(473, 'Can add incident reply', 119, 'add_incidentreply'),
	(474, 'Can change incident reply', 119, 'change_incidentreply'),
	(475, 'Can delete incident reply', 119, 'delete_incidentreply'),
	(476, 'Can view incident reply', 119, 'view_incidentreply'),
	(477, 'Can add 称号终止', 120, 'add_leaving'),
	(478, 'Can change 称号终止', 120, 'change_leaving'),
	(479, 'Can delete 称号终止', 120, 'delete_leaving'),
	(480, 'Can view 称号终止', 120, 'view_leaving'),
	(481, 'Can add 窗口延长', 121, 'add_extension'),
	(482, 'Can change 窗口延长', 121, 'change_extension'),
	(483, 'Can delete 窗口延长', 121, 'delete_extension'),
	(484, 'Can view 窗口延长', 121, 'view_extension'),
	(485, 'Can add 实地核查抽取', 122, 'add_visitsample'),
	(486, 'Can change 实地核查抽取', 122, 'change_visitsample'),
	(487, 'Can delete 实地核查抽取', 122, 'delete_visitsample'),
	(488, 'Can view 实地核查抽取', 122, 'view_visitsample'),
	(489, 'Can add 实地核查', 123, 'add_visit'),
	(490, 'Can change 实地核查', 123, 'change_visit'),
	(491, 'Can delete 实地核查', 123, 'delete_visit'),
	(492, 'Can view 实地核查', 123, 'view_visit'),
	(493, 'Can add visit line', 124, 'add_visitline'),
	(494, 'Can change visit line', 124, 'change_visitline'),
	(495, 'Can delete visit line', 124, 'delete_visitline'),
	(496, 'Can view visit line', 124, 'view_visitline'),
	(497, 'Can add visit photo', 125, 'add_visitphoto'),
	(498, 'Can change visit photo', 125, 'change_visitphoto'),
	(499, 'Can delete visit photo', 125, 'delete_visitphoto'),
	(500, 'Can view visit photo', 125, 'view_visitphoto'),
	(501, 'Can add 部门意见', 126, 'add_consultation'),
	(502, 'Can change 部门意见', 126, 'change_consultation'),
	(503, 'Can delete 部门意见', 126, 'delete_consultation'),
	(504, 'Can view 部门意见', 126, 'view_consultation'),
	(505, 'Can add 推翻机器核算或下级推荐', 127, 'add_override'),
	(506, 'Can change 推翻机器核算或下级推荐', 127, 'change_override'),
	(507, 'Can delete 推翻机器核算或下级推荐', 127, 'delete_override'),
	(508, 'Can view 推翻机器核算或下级推荐', 127, 'view_override'),
	(509, 'Can add 期满衔接裁定', 128, 'add_continuationruling'),
	(510, 'Can change 期满衔接裁定', 128, 'change_continuationruling'),
	(511, 'Can delete 期满衔接裁定', 128, 'delete_continuationruling'),
	(512, 'Can view 期满衔接裁定', 128, 'view_continuationruling'),
	(513, 'Can add 称号恢复', 129, 'add_restoration'),
	(514, 'Can change 称号恢复', 129, 'change_restoration'),
	(515, 'Can delete 称号恢复', 129, 'delete_restoration'),
	(516, 'Can view 称号恢复', 129, 'view_restoration'),
	(517, 'Can add 公告稿', 130, 'add_announcementdraft'),
	(518, 'Can change 公告稿', 130, 'change_announcementdraft'),
	(519, 'Can delete 公告稿', 130, 'delete_announcementdraft'),
	(520, 'Can view 公告稿', 130, 'view_announcementdraft'),
	(521, 'Can add announcement line', 131, 'add_announcementline'),
	(522, 'Can change announcement line', 131, 'change_announcementline'),
	(523, 'Can delete announcement line', 131, 'delete_announcementline'),
	(524, 'Can view announcement line', 131, 'view_announcementline'),
	(525, 'Can add 推荐稿', 132, 'add_recommendationdraft'),
	(526, 'Can change 推荐稿', 132, 'change_recommendationdraft'),
	(527, 'Can delete 推荐稿', 132, 'delete_recommendationdraft'),
	(528, 'Can view 推荐稿', 132, 'view_recommendationdraft'),
	(529, 'Can add recommendation line', 133, 'add_recommendationline'),
	(530, 'Can change recommendation line', 133, 'change_recommendationline'),
	(531, 'Can delete recommendation line', 133, 'delete_recommendationline'),
	(532, 'Can view recommendation line', 133, 'view_recommendationline'),
	(533, 'Can add 期限延长', 134, 'add_termextension'),
	(534, 'Can change 期限延长', 134, 'change_termextension'),
	(535, 'Can delete 期限延长', 134, 'delete_termextension'),
	(536, 'Can view 期限延长', 134, 'view_termextension'),
	(537, 'Can add 激励措施', 135, 'add_measure'),
	(538, 'Can change 激励措施', 135, 'change_measure'),
	(539, 'Can delete 激励措施', 135, 'delete_measure'),
	(540, 'Can view 激励措施', 135, 'view_measure'),
	(541, 'Can add 措施分项', 136, 'add_measureitem'),
	(542, 'Can change 措施分项', 136, 'change_measureitem'),
	(543, 'Can delete 措施分项', 136, 'delete_measureitem'),
	(544, 'Can view 措施分项', 136, 'view_measureitem'),
	(545, 'Can add duty', 137, 'add_duty'),
	(546, 'Can change duty', 137, 'change_duty'),
	(547, 'Can delete duty', 137, 'delete_duty'),
	(548, 'Can view duty', 137, 'view_duty'),
	(549, 'Can add 权益', 138, 'add_entitlement'),
	(550, 'Can change 权益', 138, 'change_entitlement'),
	(551, 'Can delete 权益', 138, 'delete_entitlement'),
	(552, 'Can view 权益', 138, 'view_entitlement');
INSERT INTO public.django_content_type VALUES
	(1, 'auth', 'permission'),
	(2, 'auth', 'group'),
	(3, 'contenttypes', 'contenttype'),
	(4, 'sessions', 'session'),
	(5, 'oauth2_provider', 'accesstoken'),
	(6, 'oauth2_provider', 'grant'),
	(7, 'oauth2_provider', 'refreshtoken'),
	(8, 'oauth2_provider', 'idtoken'),
	(9, 'oauth2_provider', 'devicegrant'),
	(10, 'account', 'emailaddress'),
	(11, 'account', 'emailconfirmation'),
	(12, 'mfa', 'authenticator'),
	(13, 'usersessions', 'usersession'),
	(14, 'django_celery_beat', 'crontabschedule'),
	(15, 'django_celery_beat', 'intervalschedule'),
	(16, 'django_celery_beat', 'periodictask'),
	(17, 'django_celery_beat', 'periodictasks'),
	(18, 'django_celery_beat', 'solarschedule'),
	(19, 'django_celery_beat', 'clockedschedule'),
	(20, 'regions', 'recommendingbody'),
	(21, 'workdays', 'day'),
	(22, 'workdays', 'year'),
	(23, 'audit', 'auditevent'),
	(24, 'audit', 'auditlink'),
	(25, 'audit', 'auditseal'),
	(26, 'audit', 'inspection'),
	(27, 'accounts', 'user'),
	(28, 'accounts', 'office'),
	(29, 'accounts', 'post'),
	(30, 'accounts', 'attempts'),
	(31, 'ledger', 'workitem'),
	(32, 'mailroom', 'message'),
	(33, 'mailroom', 'delivery'),
	(34, 'mailroom', 'choice'),
	(35, 'mailroom', 'digest'),
	(36, 'mailroom', 'fallback'),
	(37, 'mailroom', 'localsms'),
	(38, 'mailroom', 'proof'),
	(39, 'mailroom', 'quiethours'),
	(40, 'exchange', 'apiclient'),
	(41, 'exchange', 'change'),
	(42, 'exchange', 'idempotencykey'),
	(43, 'outages', 'pulse'),
	(44, 'outages', 'outage'),
	(45, 'enterprises', 'enterprise'),
	(46, 'enterprises', 'evidence'),
	(47, 'enterprises', 'contest'),
	(48, 'enterprises', 'award'),
	(49, 'enterprises', 'figure'),
	(50, 'enterprises', 'financing'),
	(51, 'enterprises', 'honour'),
	(52, 'enterprises', 'intellectualproperty'),
	(53, 'enterprises', 'managementcertificate'),
	(54, 'enterprises', 'membership'),
	(55, 'enterprises', 'namehistory'),
	(56, 'enterprises', 'rdinstitution'),
	(57, 'enterprises', 'statement'),
	(58, 'enterprises', 'annualreport'),
	(59, 'enterprises', 'takeover'),
	(60, 'enterprises', 'outsidetitle'),
	(61, 'enterprises', 'touched'),
	(62, 'enterprises', 'formerbody'),
	(63, 'enterprises', 'figureentry'),
	(64, 'certification', 'call'),
	(65, 'certification', 'cycle'),
	(66, 'certification', 'application'),
	(67, 'certification', 'announcement'),
	(68, 'certification', 'certificate'),
	(69, 'certification', 'confirmation'),
	(70, 'certification', 'correction'),
	(71, 'certification', 'finding'),
	(72, 'certification', 'opinion'),
	(73, 'certification', 'outcome'),
	(74, 'certification', 'overlay'),
	(75, 'certification', 'posting'),
	(76, 'certification', 'postingitem'),
	(77, 'certification', 'ruleset'),
	(78, 'certification', 'sequence'),
	(79, 'certification', 'submission'),
	(80, 'certification', 'target'),
	(81, 'certification', 'verdict'),
	(82, 'certification', 'stagelimit'),
	(83, 'certification', 'stagetime'),
	(84, 'certification', 'cover'),
	(85, 'certification', 'handling'),
	(86, 'certification', 'highlight'),
	(87, 'certification', 'interpretation'),
	(88, 'certification', 'look'),
	(89, 'certification', 'pause'),
	(90, 'certification', 'savedview'),
	(91, 'certification', 'signoff'),
	(92, 'certification', 'assignment'),
	(93, 'certification', 'score'),
	(94, 'certification', 'expert'),
	(95, 'certification', 'round'),
	(96, 'certification', 'roundcase'),
	(97, 'certification', 'drawline'),
	(98, 'certification', 'blindpaper'),
	(99, 'certification', 'objection'),
	(100, 'certification', 'objectionpaper'),
	(101, 'certification', 'letter'),
	(102, 'certification', 'meeting'),
	(103, 'certification', 'agendaitem'),
	(104, 'certification', 'meetingmember'),
	(105, 'certification', 'ballot'),
	(106, 'certification', 'reconsideration'),
	(107, 'certification', 'exit'),
	(108, 'certification', 'exitreply'),
	(109, 'certification', 'dayruling'),
	(110, 'certification', 'majorchange'),
	(111, 'certification', 'reminder'),
	(112, 'certification', 'judgement'),
	(113, 'certification', 'snapshot'),
	(114, 'certification', 'cohort'),
	(115, 'certification', 'cohorttitle'),
	(116, 'certification', 'assistance'),
	(117, 'certification', 'assistancenote'),
	(118, 'certification', 'incident'),
	(119, 'certification', 'incidentreply'),
	(120, 'certification', 'leaving'),
	(121, 'certification', 'extension'),
	(122, 'certification', 'visitsample'),
	(123, 'certification', 'visit'),
	(124, 'certification', 'visitline'),
	(125, 'certification', 'visitphoto'),
	(126, 'certification', 'consultation'),
	(127, 'certification', 'override'),
	(128, 'certification', 'continuationruling'),
	(129, 'certification', 'restoration'),
	(130, 'certification', 'announcementdraft'),
	(131, 'certification', 'announcementline'),
	(132, 'certification', 'recommendationdraft'),
	(133, 'certification', 'recommendationline'),
	(134, 'certification', 'termextension'),
	(135, 'incentives', 'measure'),
	(136, 'incentives', 'measureitem'),
	(137, 'incentives', 'duty'),
	(138, 'incentives', 'entitlement');
INSERT INTO public.django_migrations VALUES
	(1, 'regions', '0001_initial', now()),
	(2, 'contenttypes', '0001_initial', now()),
	(3, 'contenttypes', '0002_remove_content_type_name', now()),
	(4, 'auth', '0001_initial', now()),
	(5, 'auth', '0002_alter_permission_name_max_length', now()),
	(6, 'auth', '0003_alter_user_email_max_length', now()),
	(7, 'auth', '0004_alter_user_username_opts', now()),
	(8, 'auth', '0005_alter_user_last_login_null', now()),
	(9, 'auth', '0006_require_contenttypes_0002', now()),
	(10, 'auth', '0007_alter_validators_add_error_messages', now()),
	(11, 'auth', '0008_alter_user_username_max_length', now()),
	(12, 'auth', '0009_alter_user_last_name_max_length', now()),
	(13, 'auth', '0010_alter_group_name_max_length', now()),
	(14, 'auth', '0011_update_proxy_permissions', now()),
	(15, 'auth', '0012_alter_user_first_name_max_length', now()),
	(16, 'accounts', '0001_initial', now()),
	(17, 'account', '0001_initial', now()),
	(18, 'account', '0002_email_max_length', now()),
	(19, 'account', '0003_alter_emailaddress_create_unique_verified_email', now()),
	(20, 'account', '0004_alter_emailaddress_drop_unique_email', now()),
	(21, 'account', '0005_emailaddress_idx_upper_email', now()),
	(22, 'account', '0006_emailaddress_lower', now()),
	(23, 'account', '0007_emailaddress_idx_email', now()),
	(24, 'account', '0008_emailaddress_unique_primary_email_fixup', now()),
	(25, 'account', '0009_emailaddress_unique_primary_email', now()),
	(26, 'accounts', '0002_powers_and_limits', now()),
	(27, 'accounts', '0003_posts_with_an_end', now()),
	(28, 'audit', '0001_initial', now()),
	(29, 'audit', '0002_append_only', now()),
	(30, 'audit', '0003_seals', now()),
	(31, 'audit', '0004_cluster_of_a_seal', now()),
	(32, 'audit', '0005_inspections', now()),
	(33, 'usersessions', '0001_initial', now()),
	(34, 'exchange', '0001_initial', now()),
	(35, 'oauth2_provider', '0001_initial', now()),
	(36, 'oauth2_provider', '0002_auto_20190406_1805', now()),
	(37, 'oauth2_provider', '0003_auto_20201211_1314', now()),
	(38, 'oauth2_provider', '0004_auto_20200902_2022', now()),
	(39, 'oauth2_provider', '0005_auto_20211222_2352', now()),
	(40, 'oauth2_provider', '0006_alter_application_client_secret', now()),
	(41, 'oauth2_provider', '0007_application_post_logout_redirect_uris', now()),
	(42, 'oauth2_provider', '0008_alter_accesstoken_token', now()),
	(43, 'oauth2_provider', '0009_add_hash_client_secret', now()),
	(44, 'oauth2_provider', '0010_application_allowed_origins', now()),
	(45, 'oauth2_provider', '0011_refreshtoken_token_family', now()),
	(46, 'oauth2_provider', '0012_add_token_checksum', now()),
	(47, 'oauth2_provider', '0013_alter_application_authorization_grant_type_device', now()),
	(48, 'oauth2_provider', '0014_alter_help_text', now()),
	(49, 'oauth2_provider', '0015_refreshtoken_token_checksum', now()),
	(50, 'oauth2_provider', '0016_alter_devicegrant_scope', now()),
	(51, 'oauth2_provider', '0017_application_dcr_created', now()),
	(52, 'oauth2_provider', '0018_resource_indicators', now()),
	(53, 'oauth2_provider', '0019_application_registration_source', now()),
	(54, 'oauth2_provider', '0020_cimd_application_fields', now()),
	(55, 'oauth2_provider', '0021_translatable_field_labels', now()),
	(56, 'oauth2_provider', '0022_refreshtoken_token_family_index', now()),
	(57, 'mfa', '0001_initial', now()),
	(58, 'mfa', '0002_authenticator_timestamps', now()),
	(59, 'mfa', '0003_authenticator_type_uniq', now()),
	(60, 'django_celery_beat', '0001_initial', now()),
	(61, 'django_celery_beat', '0002_auto_20161118_0346', now()),
	(62, 'django_celery_beat', '0003_auto_20161209_0049', now()),
	(63, 'django_celery_beat', '0004_auto_20170221_0000', now()),
	(64, 'django_celery_beat', '0005_add_solarschedule_events_choices', now()),
	(65, 'django_celery_beat', '0006_auto_20180322_0932', now()),
	(66, 'django_celery_beat', '0007_auto_20180521_0826', now()),
	(67, 'django_celery_beat', '0008_auto_20180914_1922', now()),
	(68, 'django_celery_beat', '0006_auto_20180210_1226', now()),
	(69, 'django_celery_beat', '0006_periodictask_priority', now()),
	(70, 'django_celery_beat', '0009_periodictask_headers', now()),
	(71, 'django_celery_beat', '0010_auto_20190429_0326', now()),
	(72, 'django_celery_beat', '0011_auto_20190508_0153', now()),
	(73, 'django_celery_beat', '0012_periodictask_expire_seconds', now()),
	(74, 'django_celery_beat', '0013_auto_20200609_0727', now()),
	(75, 'django_celery_beat', '0014_remove_clockedschedule_enabled', now()),
	(76, 'django_celery_beat', '0015_edit_solarschedule_events_choices', now()),
	(77, 'django_celery_beat', '0016_alter_crontabschedule_timezone', now()),
	(78, 'django_celery_beat', '0017_alter_crontabschedule_month_of_year', now()),
	(79, 'django_celery_beat', '0018_improve_crontab_helptext', now()),
	(80, 'django_celery_beat', '0019_alter_periodictasks_options', now()),
	(81, 'enterprises', '0001_initial', now()),
	(82, 'enterprises', '0002_walls', now()),
	(83, 'enterprises', '0003_sight', now()),
	(84, 'enterprises', '0004_takeovers_and_parts', now()),
	(85, 'enterprises', '0005_outside_titles_and_updates', now()),
	(86, 'enterprises', '0006_touched', now()),
	(87, 'enterprises', '0007_former_bodies', now()),
	(88, 'enterprises', '0018_figure_entries', now()),
	(89, 'certification', '0001_initial', now()),
	(90, 'certification', '0002_walls', now()),
	(91, 'certification', '0003_findings_in_sight', now()),
	(92, 'certification', '0004_the_desk', now()),
	(93, 'certification', '0005_worklist_order', now()),
	(94, 'certification', '0006_signatures', now()),
	(95, 'certification', '0007_expert_review', now()),
	(96, 'certification', '0008_expert_walls', now()),
	(97, 'certification', '0009_objections', now()),
	(98, 'certification', '0010_objections_in_sight', now()),
	(99, 'certification', '0011_letters', now()),
	(100, 'certification', '0012_letters_in_sight', now()),
	(101, 'certification', '0013_meetings', now()),
	(102, 'certification', '0014_meetings_in_sight', now()),
	(103, 'certification', '0015_reconsiderations', now()),
	(104, 'certification', '0016_reconsiderations_in_sight', now()),
	(105, 'certification', '0017_exits', now()),
	(106, 'certification', '0020_obligations', now()),
	(107, 'certification', '0023_sweeps', now()),
	(108, 'certification', '0024_cohorts', now()),
	(109, 'certification', '0025_incidents', now()),
	(110, 'certification', '0026_leavings', now()),
	(111, 'certification', '0027_extensions', now()),
	(112, 'certification', '0028_visits', now()),
	(113, 'certification', '0029_consultations', now()),
	(114, 'certification', '0030_overrides', now()),
	(115, 'certification', '0031_quiet_refusals', now()),
	(116, 'certification', '0032_overruled_offices', now()),
	(117, 'certification', '0033_filed_as_judged', now()),
	(118, 'certification', '0034_ways_out_mended', now()),
	(119, 'certification', '0035_verdicts_and_paper_service', now()),
	(120, 'certification', '0036_visits_and_redacted_copies', now()),
	(121, 'certification', '0037_continuations', now()),
	(122, 'certification', '0038_lists_taken_down', now()),
	(123, 'certification', '0039_lists_as_filed', now()),
	(124, 'certification', '0040_where_a_case_begins', now()),
	(125, 'certification', '0041_ways_in', now()),
	(126, 'certification', '0042_a_way_back', now()),
	(127, 'certification', '0043_standing_extensions_and_rulings', now()),
	(128, 'certification', '0044_lines_of_drafts', now()),
	(129, 'certification', '0045_stage_times_by_case', now()),
	(130, 'certification', '0046_visit_summaries', now()),
	(131, 'certification', '0047_days_of_ended_titles', now()),
	(132, 'certification', '0048_first_filed', now()),
	(133, 'certification', '0049_matters_by_key', now()),
	(134, 'certification', '0050_results_and_proofs', now()),
	(135, 'certification', '0051_what_the_ministry_kept', now()),
	(136, 'certification', '0052_two_people_publish', now()),
	(137, 'certification', '0053_quiet_interval', now()),
	(138, 'certification', '0060_published_stays_whole', now()),
	(139, 'certification', '0070_two_people_recommend', now()),
	(140, 'certification', '0071_signed_announcements', now()),
	(141, 'certification', '0080_heard_by_any_way', now()),
	(142, 'certification', '0081_days_given_back', now()),
	(143, 'enterprises', '0040_updated_on_the_platform', now()),
	(144, 'exchange', '0002_change_is_draft', now()),
	(145, 'exchange', '0003_feed_positions', now()),
	(146, 'exchange', '0004_own_answers', now()),
	(147, 'incentives', '0001_initial', now()),
	(148, 'incentives', '0002_walls', now()),
	(149, 'incentives', '0003_opened_again', now()),
	(150, 'ledger', '0001_initial', now()),
	(151, 'ledger', '0002_tried_at', now()),
	(152, 'ledger', '0003_whose_break', now()),
	(153, 'mailroom', '0001_initial', now()),
	(154, 'mailroom', '0002_mail_is_carried', now()),
	(155, 'mailroom', '0003_served_notices_stay', now()),
	(156, 'mailroom', '0004_own_letters', now()),
	(157, 'mailroom', '0005_letters_without_a_person', now()),
	(158, 'mailroom', '0015_served_notices_are_never_emptied', now()),
	(159, 'outages', '0001_initial', now()),
	(160, 'regions', '0002_load_bodies', now()),
	(161, 'sessions', '0001_initial', now()),
	(162, 'workdays', '0001_initial', now()),
	(163, 'workdays', '0002_load_calendar', now());
INSERT INTO public.regions_recommendingbody VALUES
	(1, '64', '64', '宁夏回族自治区工业和信息化厅', '自治区', 'province', '640000', true, 0),
	(2, '64/6401', '6401', '银川市工业和信息化局', '银川市', 'city', '640100', true, 1),
	(3, '64/6401/640104', '640104', '银川市兴庆区工业和信息化主管部门', '兴庆区', 'county', '640104', true, 2),
	(4, '64/6401/640105', '640105', '银川市西夏区工业和信息化主管部门', '西夏区', 'county', '640105', true, 3),
	(5, '64/6401/640106', '640106', '银川市金凤区工业和信息化主管部门', '金凤区', 'county', '640106', true, 4),
	(6, '64/6401/640121', '640121', '永宁县工业和信息化主管部门', '永宁县', 'county', '640121', true, 5),
	(7, '64/6401/640122', '640122', '贺兰县工业和信息化主管部门', '贺兰县', 'county', '640122', true, 6),
	(8, '64/6401/640181', '640181', '灵武市工业和信息化主管部门', '灵武市', 'county', '640181', true, 7),
	(9, '64/6401/JK', 'JK', '银川经济技术开发区管委会', '银川经开区', 'zone', '', true, 8),
	(10, '64/6402', '6402', '石嘴山市工业和信息化局', '石嘴山市', 'city', '640200', true, 9),
	(11, '64/6402/640202', '640202', '石嘴山市大武口区工业和信息化主管部门', '大武口区', 'county', '640202', true, 10),
	(12, '64/6402/640205', '640205', '石嘴山市惠农区工业和信息化主管部门', '惠农区', 'county', '640205', true, 11),
	(13, '64/6402/640221', '640221', '平罗县工业和信息化主管部门', '平罗县', 'county', '640221', true, 12),
	(14, '64/6403', '6403', '吴忠市工业和信息化局', '吴忠市', 'city', '640300', true, 13),
	(15, '64/6403/640302', '640302', '吴忠市利通区工业和信息化主管部门', '利通区', 'county', '640302', true, 14),
	(16, '64/6403/640303', '640303', '吴忠市红寺堡区工业和信息化主管部门', '红寺堡区', 'county', '640303', true, 15),
	(17, '64/6403/640323', '640323', '盐池县工业和信息化主管部门', '盐池县', 'county', '640323', true, 16),
	(18, '64/6403/640324', '640324', '同心县工业和信息化主管部门', '同心县', 'county', '640324', true, 17),
	(19, '64/6403/640381', '640381', '青铜峡市工业和信息化主管部门', '青铜峡市', 'county', '640381', true, 18),
	(20, '64/6404', '6404', '固原市工业和信息化局', '固原市', 'city', '640400', true, 19),
	(21, '64/6404/640402', '640402', '固原市原州区工业和信息化主管部门', '原州区', 'county', '640402', true, 20),
	(22, '64/6404/640422', '640422', '西吉县工业和信息化主管部门', '西吉县', 'county', '640422', true, 21),
	(23, '64/6404/640423', '640423', '隆德县工业和信息化主管部门', '隆德县', 'county', '640423', true, 22),
	(24, '64/6404/640424', '640424', '泾源县工业和信息化主管部门', '泾源县', 'county', '640424', true, 23),
	(25, '64/6404/640425', '640425', '彭阳县工业和信息化主管部门', '彭阳县', 'county', '640425', true, 24),
	(26, '64/6405', '6405', '中卫市工业和信息化局', '中卫市', 'city', '640500', true, 25),
	(27, '64/6405/640502', '640502', '中卫市沙坡头区工业和信息化主管部门', '沙坡头区', 'county', '640502', true, 26),
	(28, '64/6405/640521', '640521', '中宁县工业和信息化主管部门', '中宁县', 'county', '640521', true, 27),
	(29, '64/6405/640522', '640522', '海原县工业和信息化主管部门', '海原县', 'county', '640522', true, 28),
	(30, '64/ND', 'ND', '宁东能源化工基地管委会', '宁东', 'zone', '', true, 29);
INSERT INTO public.workdays_day VALUES
	(1, '2022-01-03', false, '放假'),
	(2, '2022-01-29', true, '调休上班'),
	(3, '2022-01-30', true, '调休上班'),
	(4, '2022-01-31', false, '放假'),
	(5, '2022-02-01', false, '放假'),
	(6, '2022-02-02', false, '放假'),
	(7, '2022-02-03', false, '放假'),
	(8, '2022-02-04', false, '放假'),
	(9, '2022-04-02', true, '调休上班'),
	(10, '2022-04-04', false, '放假'),
	(11, '2022-04-05', false, '放假'),
	(12, '2022-04-24', true, '调休上班'),
	(13, '2022-05-02', false, '放假'),
	(14, '2022-05-03', false, '放假'),
	(15, '2022-05-04', false, '放假'),
	(16, '2022-05-07', true, '调休上班'),
	(17, '2022-06-03', false, '放假'),
	(18, '2022-09-12', false, '放假'),
	(19, '2022-10-03', false, '放假'),
	(20, '2022-10-04', false, '放假'),
	(21, '2022-10-05', false, '放假'),
	(22, '2022-10-06', false, '放假'),
	(23, '2022-10-07', false, '放假'),
	(24, '2022-10-08', true, '调休上班'),
	(25, '2022-10-09', true, '调休上班'),
	(26, '2023-01-02', false, '放假'),
	(27, '2023-01-23', false, '放假'),
	(28, '2023-01-24', false, '放假'),
	(29, '2023-01-25', false, '放假'),
	(30, '2023-01-26', false, '放假'),
	(31, '2023-01-27', false, '放假'),
	(32, '2023-01-28', true, '调休上班'),
	(33, '2023-01-29', true, '调休上班'),
	(34, '2023-04-05', false, '放假'),
	(35, '2023-04-23', true, '调休上班'),
	(36, '2023-05-01', false, '放假'),
	(37, '2023-05-02', false, '放假'),
	(38, '2023-05-03', false, '放假'),
	(39, '2023-05-06', true, '调休上班'),
	(40, '2023-06-22', false, '放假'),
	(41, '2023-06-23', false, '放假'),
	(42, '2023-06-25', true, '调休上班'),
	(43, '2023-09-29', false, '放假'),
	(44, '2023-10-02', false, '放假'),
	(45, '2023-10-03', false, '放假'),
	(46, '2023-10-04', false, '放假'),
	(47, '2023-10-05', false, '放假'),
	(48, '2023-10-06', false, '放假'),
	(49, '2023-10-07', true, '调休上班'),
	(50, '2023-10-08', true, '调休上班'),
	(51, '2024-01-01', false, '放假'),
	(52, '2024-02-04', true, '调休上班'),
	(53, '2024-02-12', false, '放假'),
	(54, '2024-02-13', false, '放假'),
	(55, '2024-02-14', false, '放假'),
	(56, '2024-02-15', false, '放假'),
	(57, '2024-02-16', false, '放假'),
	(58, '2024-02-18', true, '调休上班'),
	(59, '2024-04-04', false, '放假'),
	(60, '2024-04-05', false, '放假'),
	(61, '2024-04-07', true, '调休上班'),
	(62, '2024-04-28', true, '调休上班'),
	(63, '2024-05-01', false, '放假'),
	(64, '2024-05-02', false, '放假'),
	(65, '2024-05-03', false, '放假'),
	(66, '2024-05-11', true, '调休上班'),
	(67, '2024-06-10', false, '放假'),
	(68, '2024-09-14', true, '调休上班'),
	(69, '2024-09-16', false, '放假'),
	(70, '2024-09-17', false, '放假'),
	(71, '2024-09-29', true, '调休上班'),
	(72, '2024-10-01', false, '放假'),
	(73, '2024-10-02', false, '放假'),
	(74, '2024-10-03', false, '放假'),
	(75, '2024-10-04', false, '放假'),
	(76, '2024-10-07', false, '放假'),
	(77, '2024-10-12', true, '调休上班'),
	(78, '2025-01-01', false, '放假'),
	(79, '2025-01-26', true, '调休上班'),
	(80, '2025-01-28', false, '放假'),
	(81, '2025-01-29', false, '放假'),
	(82, '2025-01-30', false, '放假'),
	(83, '2025-01-31', false, '放假'),
	(84, '2025-02-03', false, '放假'),
	(85, '2025-02-04', false, '放假'),
	(86, '2025-02-08', true, '调休上班'),
	(87, '2025-04-04', false, '放假'),
	(88, '2025-04-27', true, '调休上班'),
	(89, '2025-05-01', false, '放假'),
	(90, '2025-05-02', false, '放假'),
	(91, '2025-05-05', false, '放假'),
	(92, '2025-06-02', false, '放假'),
	(93, '2025-09-28', true, '调休上班'),
	(94, '2025-10-01', false, '放假'),
	(95, '2025-10-02', false, '放假'),
	(96, '2025-10-03', false, '放假'),
	(97, '2025-10-06', false, '放假'),
	(98, '2025-10-07', false, '放假'),
	(99, '2025-10-08', false, '放假'),
	(100, '2025-10-11', true, '调休上班'),
	(101, '2026-01-01', false, '放假'),
	(102, '2026-01-02', false, '放假'),
	(103, '2026-01-04', true, '调休上班'),
	(104, '2026-02-14', true, '调休上班'),
	(105, '2026-02-16', false, '放假'),
	(106, '2026-02-17', false, '放假'),
	(107, '2026-02-18', false, '放假'),
	(108, '2026-02-19', false, '放假'),
	(109, '2026-02-20', false, '放假'),
	(110, '2026-02-23', false, '放假'),
	(111, '2026-02-28', true, '调休上班'),
	(112, '2026-04-06', false, '放假'),
	(113, '2026-05-01', false, '放假'),
	(114, '2026-05-04', false, '放假'),
	(115, '2026-05-05', false, '放假'),
	(116, '2026-05-09', true, '调休上班'),
	(117, '2026-06-19', false, '放假'),
	(118, '2026-09-20', true, '调休上班'),
	(119, '2026-09-25', false, '放假'),
	(120, '2026-10-01', false, '放假'),
	(121, '2026-10-02', false, '放假'),
	(122, '2026-10-05', false, '放假'),
	(123, '2026-10-06', false, '放假'),
	(124, '2026-10-07', false, '放假'),
	(125, '2026-10-10', true, '调休上班');
INSERT INTO public.workdays_year VALUES
	(1, 2022, true, '国务院办公厅节假日安排通知'),
	(2, 2023, true, '国务院办公厅节假日安排通知'),
	(3, 2024, true, '国务院办公厅节假日安排通知'),
	(4, 2025, true, '国务院办公厅节假日安排通知'),
	(5, 2026, true, '国务院办公厅节假日安排通知'),
	(6, 2027, false, '');
SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);
SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_office_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_post_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_user_groups_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_user_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_user_user_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.audit_auditevent_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_permission_id_seq', 552, true);
SELECT pg_catalog.setval('public.certification_agendaitem_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_announcement_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_announcementdraft_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_announcementline_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_application_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_assignment_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_assistance_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_assistancenote_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_ballot_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_blindpaper_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_call_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_certificate_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_cohort_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_cohorttitle_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_confirmation_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_consultation_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_continuationruling_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_correction_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_cover_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_cycle_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_dayruling_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_drawline_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_exit_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_exitreply_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_expert_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_extension_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_finding_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_handling_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_highlight_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_incident_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_incidentreply_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_interpretation_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_leaving_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_letter_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_look_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_majorchange_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_meeting_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_meetingmember_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_objection_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_objectionpaper_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_opinion_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_outcome_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_overlay_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_override_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_pause_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_posting_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_postingitem_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_recommendationdraft_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_recommendationline_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_reconsideration_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_reminder_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_restoration_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_round_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_roundcase_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_ruleset_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_savedview_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_sequence_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_signoff_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_stagelimit_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_stagetime_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_submission_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_target_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_termextension_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_verdict_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_visit_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_visitline_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_visitphoto_id_seq', 1, false);
SELECT pg_catalog.setval('public.certification_visitsample_id_seq', 1, false);
SELECT pg_catalog.setval('public.django_celery_beat_clockedschedule_id_seq', 1, false);
SELECT pg_catalog.setval('public.django_celery_beat_crontabschedule_id_seq', 1, false);
SELECT pg_catalog.setval('public.django_celery_beat_intervalschedule_id_seq', 1, false);
SELECT pg_catalog.setval('public.django_celery_beat_periodictask_id_seq', 1, false);
SELECT pg_catalog.setval('public.django_celery_beat_solarschedule_id_seq', 1, false);
SELECT pg_catalog.setval('public.django_content_type_id_seq', 138, true);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 163, true);
SELECT pg_catalog.setval('public.enterprises_annualreport_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_award_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_contest_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_enterprise_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_evidence_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_figure_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_figureentry_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_financing_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_formerbody_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_honour_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_intellectualproperty_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_managementcertificate_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_membership_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_namehistory_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_outsidetitle_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_rdinstitution_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_statement_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_takeover_id_seq', 1, false);
SELECT pg_catalog.setval('public.enterprises_touched_id_seq', 1, false);
SELECT pg_catalog.setval('public.exchange_apiclient_id_seq', 1, false);
SELECT pg_catalog.setval('public.exchange_change_seq_seq', 1, false);
SELECT pg_catalog.setval('public.exchange_idempotencykey_id_seq', 1, false);
SELECT pg_catalog.setval('public.incentives_duty_id_seq', 1, false);
SELECT pg_catalog.setval('public.incentives_entitlement_id_seq', 1, false);
SELECT pg_catalog.setval('public.incentives_measure_id_seq', 1, false);
SELECT pg_catalog.setval('public.incentives_measureitem_id_seq', 1, false);
SELECT pg_catalog.setval('public.ledger_workitem_id_seq', 1, false);
SELECT pg_catalog.setval('public.mailroom_choice_id_seq', 1, false);
SELECT pg_catalog.setval('public.mailroom_delivery_id_seq', 1, false);
SELECT pg_catalog.setval('public.mailroom_digest_id_seq', 1, false);
SELECT pg_catalog.setval('public.mailroom_fallback_id_seq', 1, false);
SELECT pg_catalog.setval('public.mailroom_localsms_id_seq', 1, false);
SELECT pg_catalog.setval('public.mailroom_message_id_seq', 1, false);
SELECT pg_catalog.setval('public.mailroom_proof_id_seq', 1, false);
SELECT pg_catalog.setval('public.mailroom_quiethours_id_seq', 1, false);
SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, false);
SELECT pg_catalog.setval('public.oauth2_provider_accesstoken_id_seq', 1, false);
SELECT pg_catalog.setval('public.oauth2_provider_devicegrant_id_seq', 1, false);
SELECT pg_catalog.setval('public.oauth2_provider_grant_id_seq', 1, false);
SELECT pg_catalog.setval('public.oauth2_provider_idtoken_id_seq', 1, false);
SELECT pg_catalog.setval('public.oauth2_provider_refreshtoken_id_seq', 1, false);
SELECT pg_catalog.setval('public.outages_outage_id_seq', 1, false);
SELECT pg_catalog.setval('public.outages_pulse_id_seq', 1, false);
SELECT pg_catalog.setval('public.regions_recommendingbody_id_seq', 30, true);
SELECT pg_catalog.setval('public.usersessions_usersession_id_seq', 1, false);
SELECT pg_catalog.setval('public.workdays_day_id_seq', 125, true);
SELECT pg_catalog.setval('public.workdays_year_id_seq', 6, true);
ALTER TABLE ONLY public.certification_consultation
    ADD CONSTRAINT a_department_is_asked_once_per_case UNIQUE (application_id, department);
ALTER TABLE ONLY public.certification_cohorttitle
    ADD CONSTRAINT a_title_once_in_a_cohort UNIQUE (cohort_id, certificate_id);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_attempts
    ADD CONSTRAINT accounts_attempts_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.accounts_cache
    ADD CONSTRAINT accounts_cache_pkey PRIMARY KEY (cache_key);
ALTER TABLE ONLY public.accounts_office
    ADD CONSTRAINT accounts_office_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_office
    ADD CONSTRAINT accounts_office_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.accounts_post
    ADD CONSTRAINT accounts_post_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_post
    ADD CONSTRAINT accounts_post_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_user_id_group_id_59c0b32f_uniq UNIQUE (user_id, group_id);
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_permi_user_id_permission_id_2ab516c2_uniq UNIQUE (user_id, permission_id);
ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_username_key UNIQUE (username);
ALTER TABLE ONLY public.audit_auditevent
    ADD CONSTRAINT audit_auditevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.audit_auditevent
    ADD CONSTRAINT audit_auditevent_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.audit_auditlink
    ADD CONSTRAINT audit_auditlink_pkey PRIMARY KEY (event_id);
ALTER TABLE ONLY public.audit_auditlink
    ADD CONSTRAINT audit_auditlink_position_key UNIQUE ("position");
ALTER TABLE ONLY public.audit_auditseal
    ADD CONSTRAINT audit_auditseal_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.audit_inspection
    ADD CONSTRAINT audit_inspection_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_agendaitem
    ADD CONSTRAINT certification_agendaitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_announcement
    ADD CONSTRAINT certification_announcement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_announcement
    ADD CONSTRAINT certification_announcement_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_announcementdraft
    ADD CONSTRAINT certification_announcementdraft_announcement_id_key UNIQUE (announcement_id);
ALTER TABLE ONLY public.certification_announcementdraft
    ADD CONSTRAINT certification_announcementdraft_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_announcementdraft
    ADD CONSTRAINT certification_announcementdraft_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_announcementline
    ADD CONSTRAINT certification_announcementline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_application
    ADD CONSTRAINT certification_application_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_application
    ADD CONSTRAINT certification_application_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_application
    ADD CONSTRAINT certification_application_receipt_number_key UNIQUE (receipt_number);
ALTER TABLE ONLY public.certification_assignment
    ADD CONSTRAINT certification_assignment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_assignment
    ADD CONSTRAINT certification_assignment_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_assistance
    ADD CONSTRAINT certification_assistance_finding_id_key UNIQUE (finding_id);
ALTER TABLE ONLY public.certification_assistance
    ADD CONSTRAINT certification_assistance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_assistance
    ADD CONSTRAINT certification_assistance_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_assistancenote
    ADD CONSTRAINT certification_assistancenote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_ballot
    ADD CONSTRAINT certification_ballot_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_blindpaper
    ADD CONSTRAINT certification_blindpaper_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_call
    ADD CONSTRAINT certification_call_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_call
    ADD CONSTRAINT certification_call_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_certificate
    ADD CONSTRAINT certification_certificate_application_id_key UNIQUE (application_id);
ALTER TABLE ONLY public.certification_certificate
    ADD CONSTRAINT certification_certificate_number_key UNIQUE (number);
ALTER TABLE ONLY public.certification_certificate
    ADD CONSTRAINT certification_certificate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_certificate
    ADD CONSTRAINT certification_certificate_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_cohort
    ADD CONSTRAINT certification_cohort_call_id_key UNIQUE (call_id);
ALTER TABLE ONLY public.certification_cohort
    ADD CONSTRAINT certification_cohort_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_cohort
    ADD CONSTRAINT certification_cohort_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_cohorttitle
    ADD CONSTRAINT certification_cohorttitle_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_confirmation
    ADD CONSTRAINT certification_confirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_consultation
    ADD CONSTRAINT certification_consultation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_consultation
    ADD CONSTRAINT certification_consultation_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_continuationruling
    ADD CONSTRAINT certification_continuationruling_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_continuationruling
    ADD CONSTRAINT certification_continuationruling_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_correction
    ADD CONSTRAINT certification_correction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_cover
    ADD CONSTRAINT certification_cover_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_cycle
    ADD CONSTRAINT certification_cycle_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_dayruling
    ADD CONSTRAINT certification_dayruling_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_dayruling
    ADD CONSTRAINT certification_dayruling_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_drawline
    ADD CONSTRAINT certification_drawline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_exit
    ADD CONSTRAINT certification_exit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_exit
    ADD CONSTRAINT certification_exit_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_exitreply
    ADD CONSTRAINT certification_exitreply_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_expert
    ADD CONSTRAINT certification_expert_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_expert
    ADD CONSTRAINT certification_expert_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_expert
    ADD CONSTRAINT certification_expert_user_id_key UNIQUE (user_id);
ALTER TABLE ONLY public.certification_extension
    ADD CONSTRAINT certification_extension_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_extension
    ADD CONSTRAINT certification_extension_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_finding
    ADD CONSTRAINT certification_finding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_finding
    ADD CONSTRAINT certification_finding_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_handling
    ADD CONSTRAINT certification_handling_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_highlight
    ADD CONSTRAINT certification_highlight_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_highlight
    ADD CONSTRAINT certification_highlight_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_incident
    ADD CONSTRAINT certification_incident_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_incident
    ADD CONSTRAINT certification_incident_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_incidentreply
    ADD CONSTRAINT certification_incidentreply_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_interpretation
    ADD CONSTRAINT certification_interpretation_number_key UNIQUE (number);
ALTER TABLE ONLY public.certification_interpretation
    ADD CONSTRAINT certification_interpretation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_interpretation
    ADD CONSTRAINT certification_interpretation_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_judgement
    ADD CONSTRAINT certification_judgement_pkey PRIMARY KEY (certificate_id);
ALTER TABLE ONLY public.certification_leaving
    ADD CONSTRAINT certification_leaving_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_leaving
    ADD CONSTRAINT certification_leaving_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_letter
    ADD CONSTRAINT certification_letter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_letter
    ADD CONSTRAINT certification_letter_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_look
    ADD CONSTRAINT certification_look_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_majorchange
    ADD CONSTRAINT certification_majorchange_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_majorchange
    ADD CONSTRAINT certification_majorchange_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_meeting
    ADD CONSTRAINT certification_meeting_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_meeting
    ADD CONSTRAINT certification_meeting_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_meetingmember
    ADD CONSTRAINT certification_meetingmember_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_objection
    ADD CONSTRAINT certification_objection_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_objection
    ADD CONSTRAINT certification_objection_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_objection
    ADD CONSTRAINT certification_objection_receipt_number_key UNIQUE (receipt_number);
ALTER TABLE ONLY public.certification_objectionpaper
    ADD CONSTRAINT certification_objectionpaper_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_objectionpaper
    ADD CONSTRAINT certification_objectionpaper_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_opinion
    ADD CONSTRAINT certification_opinion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_outcome
    ADD CONSTRAINT certification_outcome_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_overlay
    ADD CONSTRAINT certification_overlay_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_overlay
    ADD CONSTRAINT certification_overlay_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_override
    ADD CONSTRAINT certification_override_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_override
    ADD CONSTRAINT certification_override_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_pause
    ADD CONSTRAINT certification_pause_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_posting
    ADD CONSTRAINT certification_posting_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_posting
    ADD CONSTRAINT certification_posting_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_postingitem
    ADD CONSTRAINT certification_postingitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_recommendationdraft
    ADD CONSTRAINT certification_recommendationdraft_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_recommendationdraft
    ADD CONSTRAINT certification_recommendationdraft_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_recommendationline
    ADD CONSTRAINT certification_recommendationline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_reconsideration
    ADD CONSTRAINT certification_reconsideration_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_reconsideration
    ADD CONSTRAINT certification_reconsideration_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_reminder
    ADD CONSTRAINT certification_reminder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_reminder
    ADD CONSTRAINT certification_reminder_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_restoration
    ADD CONSTRAINT certification_restoration_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_round
    ADD CONSTRAINT certification_round_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_round
    ADD CONSTRAINT certification_round_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_roundcase
    ADD CONSTRAINT certification_roundcase_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_roundcase
    ADD CONSTRAINT certification_roundcase_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_ruleset
    ADD CONSTRAINT certification_ruleset_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_ruleset
    ADD CONSTRAINT certification_ruleset_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_savedview
    ADD CONSTRAINT certification_savedview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_savedview
    ADD CONSTRAINT certification_savedview_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_score
    ADD CONSTRAINT certification_score_pkey PRIMARY KEY (assignment_id);
ALTER TABLE ONLY public.certification_sequence
    ADD CONSTRAINT certification_sequence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_signoff
    ADD CONSTRAINT certification_signoff_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_snapshot
    ADD CONSTRAINT certification_snapshot_pkey PRIMARY KEY (enterprise_id);
ALTER TABLE ONLY public.certification_stagelimit
    ADD CONSTRAINT certification_stagelimit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_stagetime
    ADD CONSTRAINT certification_stagetime_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_submission
    ADD CONSTRAINT certification_submission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_target
    ADD CONSTRAINT certification_target_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_target
    ADD CONSTRAINT certification_target_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_termextension
    ADD CONSTRAINT certification_termextension_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_termextension
    ADD CONSTRAINT certification_termextension_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_verdict
    ADD CONSTRAINT certification_verdict_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_visit
    ADD CONSTRAINT certification_visit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_visit
    ADD CONSTRAINT certification_visit_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_visitline
    ADD CONSTRAINT certification_visitline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_visitphoto
    ADD CONSTRAINT certification_visitphoto_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_visitphoto
    ADD CONSTRAINT certification_visitphoto_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.certification_visitsample
    ADD CONSTRAINT certification_visitsample_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_visitsample
    ADD CONSTRAINT certification_visitsample_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.django_celery_beat_clockedschedule
    ADD CONSTRAINT django_celery_beat_clockedschedule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_celery_beat_crontabschedule
    ADD CONSTRAINT django_celery_beat_crontabschedule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_celery_beat_intervalschedule
    ADD CONSTRAINT django_celery_beat_intervalschedule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_periodictask_name_key UNIQUE (name);
ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_periodictask_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_celery_beat_periodictasks
    ADD CONSTRAINT django_celery_beat_periodictasks_pkey PRIMARY KEY (ident);
ALTER TABLE ONLY public.django_celery_beat_solarschedule
    ADD CONSTRAINT django_celery_beat_solar_event_latitude_longitude_ba64999a_uniq UNIQUE (event, latitude, longitude);
ALTER TABLE ONLY public.django_celery_beat_solarschedule
    ADD CONSTRAINT django_celery_beat_solarschedule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.enterprises_annualreport
    ADD CONSTRAINT enterprises_annualreport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_award
    ADD CONSTRAINT enterprises_award_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_award
    ADD CONSTRAINT enterprises_award_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.enterprises_contest
    ADD CONSTRAINT enterprises_contest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_contest
    ADD CONSTRAINT enterprises_contest_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.enterprises_enterprise
    ADD CONSTRAINT enterprises_enterprise_credit_code_key UNIQUE (credit_code);
ALTER TABLE ONLY public.enterprises_enterprise
    ADD CONSTRAINT enterprises_enterprise_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_enterprise
    ADD CONSTRAINT enterprises_enterprise_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.enterprises_evidence
    ADD CONSTRAINT enterprises_evidence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_evidence
    ADD CONSTRAINT enterprises_evidence_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.enterprises_figure
    ADD CONSTRAINT enterprises_figure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_figureentry
    ADD CONSTRAINT enterprises_figureentry_figure_id_key UNIQUE (figure_id);
ALTER TABLE ONLY public.enterprises_figureentry
    ADD CONSTRAINT enterprises_figureentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_figureentry
    ADD CONSTRAINT enterprises_figureentry_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.enterprises_financing
    ADD CONSTRAINT enterprises_financing_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_financing
    ADD CONSTRAINT enterprises_financing_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.enterprises_formerbody
    ADD CONSTRAINT enterprises_formerbody_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_honour
    ADD CONSTRAINT enterprises_honour_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_honour
    ADD CONSTRAINT enterprises_honour_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.enterprises_intellectualproperty
    ADD CONSTRAINT enterprises_intellectualproperty_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_intellectualproperty
    ADD CONSTRAINT enterprises_intellectualproperty_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.enterprises_managementcertificate
    ADD CONSTRAINT enterprises_managementcertificate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_managementcertificate
    ADD CONSTRAINT enterprises_managementcertificate_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.enterprises_membership
    ADD CONSTRAINT enterprises_membership_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_membership
    ADD CONSTRAINT enterprises_membership_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.enterprises_namehistory
    ADD CONSTRAINT enterprises_namehistory_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_outsidetitle
    ADD CONSTRAINT enterprises_outsidetitle_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_outsidetitle
    ADD CONSTRAINT enterprises_outsidetitle_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.enterprises_rdinstitution
    ADD CONSTRAINT enterprises_rdinstitution_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_rdinstitution
    ADD CONSTRAINT enterprises_rdinstitution_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.enterprises_statement
    ADD CONSTRAINT enterprises_statement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_takeover
    ADD CONSTRAINT enterprises_takeover_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enterprises_takeover
    ADD CONSTRAINT enterprises_takeover_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.enterprises_touched
    ADD CONSTRAINT enterprises_touched_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_apiclient
    ADD CONSTRAINT exchange_apiclient_client_id_key UNIQUE (client_id);
ALTER TABLE ONLY public.exchange_apiclient
    ADD CONSTRAINT exchange_apiclient_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_change
    ADD CONSTRAINT exchange_change_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.exchange_change
    ADD CONSTRAINT exchange_change_position_key UNIQUE ("position");
ALTER TABLE ONLY public.exchange_idempotencykey
    ADD CONSTRAINT exchange_idempotencykey_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.incentives_duty
    ADD CONSTRAINT incentives_duty_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.incentives_entitlement
    ADD CONSTRAINT incentives_entitlement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.incentives_entitlement
    ADD CONSTRAINT incentives_entitlement_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.incentives_measure
    ADD CONSTRAINT incentives_measure_code_key UNIQUE (code);
ALTER TABLE ONLY public.incentives_measure
    ADD CONSTRAINT incentives_measure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.incentives_measureitem
    ADD CONSTRAINT incentives_measureitem_code_key UNIQUE (code);
ALTER TABLE ONLY public.incentives_measureitem
    ADD CONSTRAINT incentives_measureitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ledger_workitem
    ADD CONSTRAINT ledger_workitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mailroom_choice
    ADD CONSTRAINT mailroom_choice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mailroom_delivery
    ADD CONSTRAINT mailroom_delivery_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mailroom_digest
    ADD CONSTRAINT mailroom_digest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mailroom_fallback
    ADD CONSTRAINT mailroom_fallback_message_id_key UNIQUE (message_id);
ALTER TABLE ONLY public.mailroom_fallback
    ADD CONSTRAINT mailroom_fallback_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mailroom_fallback
    ADD CONSTRAINT mailroom_fallback_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.mailroom_localsms
    ADD CONSTRAINT mailroom_localsms_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mailroom_localsms
    ADD CONSTRAINT mailroom_localsms_provider_id_key UNIQUE (provider_id);
ALTER TABLE ONLY public.mailroom_message
    ADD CONSTRAINT mailroom_message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mailroom_message
    ADD CONSTRAINT mailroom_message_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.mailroom_proof
    ADD CONSTRAINT mailroom_proof_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mailroom_quiethours
    ADD CONSTRAINT mailroom_quiethours_person_id_key UNIQUE (person_id);
ALTER TABLE ONLY public.mailroom_quiethours
    ADD CONSTRAINT mailroom_quiethours_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_accesstoken_id_token_id_key UNIQUE (id_token_id);
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_accesstoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_accesstoken_source_refresh_token_id_key UNIQUE (source_refresh_token_id);
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_accesstoken_token_checksum_85319a26_uniq UNIQUE (token_checksum);
ALTER TABLE ONLY public.oauth2_provider_devicegrant
    ADD CONSTRAINT oauth2_provider_devicegrant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oauth2_provider_devicegrant
    ADD CONSTRAINT oauth2_provider_devicegrant_unique_device_code UNIQUE (device_code);
ALTER TABLE ONLY public.oauth2_provider_grant
    ADD CONSTRAINT oauth2_provider_grant_code_key UNIQUE (code);
ALTER TABLE ONLY public.oauth2_provider_grant
    ADD CONSTRAINT oauth2_provider_grant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oauth2_provider_idtoken
    ADD CONSTRAINT oauth2_provider_idtoken_jti_key UNIQUE (jti);
ALTER TABLE ONLY public.oauth2_provider_idtoken
    ADD CONSTRAINT oauth2_provider_idtoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refresht_token_checksum_revoked_46c81d1d_uniq UNIQUE (token_checksum, revoked);
ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refreshtoken_access_token_id_key UNIQUE (access_token_id);
ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refreshtoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.certification_announcementline
    ADD CONSTRAINT one_announcement_line_per_application UNIQUE (draft_id, application_id);
ALTER TABLE ONLY public.certification_announcement
    ADD CONSTRAINT one_announcement_per_number UNIQUE (document_number, tier);
ALTER TABLE ONLY public.exchange_idempotencykey
    ADD CONSTRAINT one_answer_per_key UNIQUE (principal, key);
ALTER TABLE ONLY public.certification_assignment
    ADD CONSTRAINT one_assignment_per_expert_and_case UNIQUE (case_id, expert_id);
ALTER TABLE ONLY public.certification_ballot
    ADD CONSTRAINT one_ballot_per_member UNIQUE (item_id, member_id);
ALTER TABLE ONLY public.certification_call
    ADD CONSTRAINT one_call_per_batch UNIQUE (tier, case_type, year, batch);
ALTER TABLE ONLY public.certification_assignment
    ADD CONSTRAINT one_case_per_blind_code UNIQUE (round_id, expert_id, blind_code);
ALTER TABLE ONLY public.certification_roundcase
    ADD CONSTRAINT one_case_per_round UNIQUE (round_id, application_id);
ALTER TABLE ONLY public.mailroom_choice
    ADD CONSTRAINT one_choice_per_topic UNIQUE (person_id, topic);
ALTER TABLE ONLY public.certification_confirmation
    ADD CONSTRAINT one_confirmation_per_value UNIQUE (rule_code, content_hash, path);
ALTER TABLE ONLY public.mailroom_delivery
    ADD CONSTRAINT one_delivery_per_channel UNIQUE (message_id, channel);
ALTER TABLE ONLY public.mailroom_digest
    ADD CONSTRAINT one_digest_a_day UNIQUE (person_id, "on");
ALTER TABLE ONLY public.incentives_duty
    ADD CONSTRAINT one_duty_per_department UNIQUE (measure_id, department);
ALTER TABLE ONLY public.incentives_entitlement
    ADD CONSTRAINT one_entitlement_per_title_and_item UNIQUE (certificate_id, item_id);
ALTER TABLE ONLY public.certification_handling
    ADD CONSTRAINT one_handler_per_stage UNIQUE (application_id, stage);
ALTER TABLE ONLY public.certification_agendaitem
    ADD CONSTRAINT one_item_per_case UNIQUE (meeting_id, application_id);
ALTER TABLE ONLY public.ledger_workitem
    ADD CONSTRAINT one_item_per_kind_and_key UNIQUE (kind, key);
ALTER TABLE ONLY public.certification_agendaitem
    ADD CONSTRAINT one_item_per_place UNIQUE (meeting_id, place);
ALTER TABLE ONLY public.certification_stagelimit
    ADD CONSTRAINT one_limit_per_stage UNIQUE (tier, stage);
ALTER TABLE ONLY public.certification_postingitem
    ADD CONSTRAINT one_line_per_application UNIQUE (posting_id, application_id);
ALTER TABLE ONLY public.certification_drawline
    ADD CONSTRAINT one_line_per_expert_and_case UNIQUE (case_id, expert_id);
ALTER TABLE ONLY public.certification_visitline
    ADD CONSTRAINT one_line_per_place UNIQUE (visit_id, place);
ALTER TABLE ONLY public.certification_look
    ADD CONSTRAINT one_look_per_person UNIQUE (application_id, user_id);
ALTER TABLE ONLY public.certification_blindpaper
    ADD CONSTRAINT one_number_per_blind_paper UNIQUE (case_id, number);
ALTER TABLE ONLY public.accounts_office
    ADD CONSTRAINT one_office_name_per_body UNIQUE (body_id, name);
ALTER TABLE ONLY public.certification_outcome
    ADD CONSTRAINT one_outcome_per_title UNIQUE (cycle_id, certificate_id);
ALTER TABLE ONLY public.enterprises_outsidetitle
    ADD CONSTRAINT one_outside_title_per_end UNIQUE (enterprise_id, kind, valid_until);
ALTER TABLE ONLY public.certification_overlay
    ADD CONSTRAINT one_overlay_revision UNIQUE (code, revision);
ALTER TABLE ONLY public.certification_visitphoto
    ADD CONSTRAINT one_photo_per_key UNIQUE (visit_id, key);
ALTER TABLE ONLY public.certification_postingitem
    ADD CONSTRAINT one_place_per_line UNIQUE (posting_id, place);
ALTER TABLE ONLY public.certification_drawline
    ADD CONSTRAINT one_rank_per_case UNIQUE (case_id, rank);
ALTER TABLE ONLY public.certification_recommendationline
    ADD CONSTRAINT one_recommendation_line_per_application UNIQUE (draft_id, application_id);
ALTER TABLE ONLY public.certification_reminder
    ADD CONSTRAINT one_reminder_per_obligation_and_step UNIQUE (enterprise_id, key, due_on, step);
ALTER TABLE ONLY public.enterprises_annualreport
    ADD CONSTRAINT one_report_per_year UNIQUE (enterprise_id, year);
ALTER TABLE ONLY public.enterprises_evidence
    ADD CONSTRAINT one_row_per_file_and_kind UNIQUE (enterprise_id, kind, sha256);
ALTER TABLE ONLY public.certification_ruleset
    ADD CONSTRAINT one_rule_set_revision UNIQUE (code, revision);
ALTER TABLE ONLY public.certification_meetingmember
    ADD CONSTRAINT one_seat_per_person UNIQUE (meeting_id, user_id);
ALTER TABLE ONLY public.certification_sequence
    ADD CONSTRAINT one_sequence_per_year UNIQUE (purpose, year);
ALTER TABLE ONLY public.certification_signoff
    ADD CONSTRAINT one_signature_per_content UNIQUE (application_id, content_hash, by_id);
ALTER TABLE ONLY public.certification_submission
    ADD CONSTRAINT one_submission_per_number UNIQUE (application_id, number);
ALTER TABLE ONLY public.certification_cycle
    ADD CONSTRAINT one_sweep_of_a_kind UNIQUE (night, kind, key);
ALTER TABLE ONLY public.certification_target
    ADD CONSTRAINT one_target_per_measure UNIQUE (year, region_path, tier, measure);
ALTER TABLE ONLY public.certification_certificate
    ADD CONSTRAINT one_title_per_tier_at_a_time EXCLUDE USING gist (enterprise_id WITH =, tier WITH =, validity WITH &&);
ALTER TABLE ONLY public.certification_savedview
    ADD CONSTRAINT one_view_per_name UNIQUE (user_id, name);
ALTER TABLE ONLY public.certification_visitsample
    ADD CONSTRAINT one_visit_sample_per_number UNIQUE (call_id, number);
ALTER TABLE ONLY public.outages_outage
    ADD CONSTRAINT outages_outage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.outages_outage
    ADD CONSTRAINT outages_outage_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.outages_pulse
    ADD CONSTRAINT outages_pulse_name_key UNIQUE (name);
ALTER TABLE ONLY public.outages_pulse
    ADD CONSTRAINT outages_pulse_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.regions_recommendingbody
    ADD CONSTRAINT regions_recommendingbody_code_key UNIQUE (code);
ALTER TABLE ONLY public.regions_recommendingbody
    ADD CONSTRAINT regions_recommendingbody_path_key UNIQUE (path);
ALTER TABLE ONLY public.regions_recommendingbody
    ADD CONSTRAINT regions_recommendingbody_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_post
    ADD CONSTRAINT three_powers_never_overlap EXCLUDE USING gist (user_id WITH =, role WITH <>, daterange(since, until, '[]'::text) WITH &&) WHERE ((((role)::text = ANY ((ARRAY['admin'::character varying, 'auditor'::character varying, 'system'::character varying])::text[])) AND ((until IS NULL) OR (until >= since))));
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key);
ALTER TABLE ONLY public.workdays_day
    ADD CONSTRAINT workdays_day_day_key UNIQUE (day);
ALTER TABLE ONLY public.workdays_day
    ADD CONSTRAINT workdays_day_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workdays_year
    ADD CONSTRAINT workdays_year_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workdays_year
    ADD CONSTRAINT workdays_year_year_key UNIQUE (year);
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);
CREATE INDEX accounts_attempts_began_at_0e34df04 ON public.accounts_attempts USING btree (began_at);
CREATE INDEX accounts_attempts_key_0ae269bd_like ON public.accounts_attempts USING btree (key varchar_pattern_ops);
CREATE INDEX accounts_cache_expires ON public.accounts_cache USING btree (expires);
CREATE INDEX accounts_office_body_id_a875a35d ON public.accounts_office USING btree (body_id);
CREATE INDEX accounts_office_body_id_a875a35d_like ON public.accounts_office USING btree (body_id varchar_pattern_ops);
CREATE INDEX accounts_office_public_id_c1d8c1a2_like ON public.accounts_office USING btree (public_id varchar_pattern_ops);
CREATE INDEX accounts_post_office_id_cea8b97b ON public.accounts_post USING btree (office_id);
CREATE INDEX accounts_post_public_id_6bd741ee_like ON public.accounts_post USING btree (public_id varchar_pattern_ops);
CREATE INDEX accounts_post_user_id_ecf3e197 ON public.accounts_post USING btree (user_id);
CREATE INDEX accounts_user_groups_group_id_bd11a704 ON public.accounts_user_groups USING btree (group_id);
CREATE INDEX accounts_user_groups_user_id_52b62117 ON public.accounts_user_groups USING btree (user_id);
CREATE INDEX accounts_user_public_id_a3014eda_like ON public.accounts_user USING btree (public_id varchar_pattern_ops);
CREATE INDEX accounts_user_user_permissions_permission_id_113bb443 ON public.accounts_user_user_permissions USING btree (permission_id);
CREATE INDEX accounts_user_user_permissions_user_id_e4f0a161 ON public.accounts_user_user_permissions USING btree (user_id);
CREATE INDEX accounts_user_username_6088629e_like ON public.accounts_user USING btree (username varchar_pattern_ops);
CREATE INDEX application_by_call ON public.certification_application USING btree (call_id, state);
CREATE INDEX application_desk_order ON public.certification_application USING btree (state, stage_since, id);
CREATE INDEX application_order ON public.certification_application USING btree (stage_since, id) WHERE (submitted_at IS NOT NULL);
CREATE INDEX application_worklist ON public.certification_application USING btree (region_path, state, stage_since);
CREATE INDEX assistance_desk ON public.certification_assistance USING btree (region_path, state, due_on);
CREATE INDEX audit_auditevent_at_f461ba89 ON public.audit_auditevent USING btree (at);
CREATE INDEX audit_auditevent_public_id_ef83e90b_like ON public.audit_auditevent USING btree (public_id varchar_pattern_ops);
CREATE INDEX audit_inspection_name_7e433f3a_like ON public.audit_inspection USING btree (name varchar_pattern_ops);
CREATE INDEX audit_of_enterprise ON public.audit_auditevent USING btree (enterprise_id, id DESC);
CREATE INDEX audit_of_thing ON public.audit_auditevent USING btree (object_type, object_id, id);
CREATE INDEX audit_to_seal ON public.audit_auditevent USING btree (txid, id);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX certificate_by_end ON public.certification_certificate USING btree (tier, state, valid_until);
CREATE INDEX certificate_by_region ON public.certification_certificate USING btree (region_path, tier, state);
CREATE INDEX certification_agendaitem_application_id_d1d51e2c ON public.certification_agendaitem USING btree (application_id);
CREATE INDEX certification_agendaitem_meeting_id_8d945256 ON public.certification_agendaitem USING btree (meeting_id);
CREATE INDEX certification_announcement_by_id_911140d4 ON public.certification_announcement USING btree (by_id);
CREATE INDEX certification_announcement_call_id_a1ddea83 ON public.certification_announcement USING btree (call_id);
CREATE INDEX certification_announcement_public_id_b945be04_like ON public.certification_announcement USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_announcementdraft_call_id_3a31a95c ON public.certification_announcementdraft USING btree (call_id);
CREATE INDEX certification_announcementdraft_drafted_by_id_b2d0658b ON public.certification_announcementdraft USING btree (drafted_by_id);
CREATE INDEX certification_announcementdraft_public_id_657758c9_like ON public.certification_announcementdraft USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_announcementdraft_signed_by_id_e2f2bfa7 ON public.certification_announcementdraft USING btree (signed_by_id);
CREATE INDEX certification_announcementline_application_id_cfb0750e ON public.certification_announcementline USING btree (application_id);
CREATE INDEX certification_announcementline_draft_id_42e4af27 ON public.certification_announcementline USING btree (draft_id);
CREATE INDEX certification_application_call_id_b446f64c ON public.certification_application USING btree (call_id);
CREATE INDEX certification_application_enterprise_id_37b49042 ON public.certification_application USING btree (enterprise_id);
CREATE INDEX certification_application_public_id_b1448b40_like ON public.certification_application USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_application_receipt_number_ba9e646e_like ON public.certification_application USING btree (receipt_number varchar_pattern_ops);
CREATE INDEX certification_application_saved_by_id_140aeae7 ON public.certification_application USING btree (saved_by_id);
CREATE INDEX certification_assignment_case_id_5ef9f440 ON public.certification_assignment USING btree (case_id);
CREATE INDEX certification_assignment_expert_id_e2a45cca ON public.certification_assignment USING btree (expert_id);
CREATE INDEX certification_assignment_public_id_e30062fa_like ON public.certification_assignment USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_assignment_round_id_907b8c68 ON public.certification_assignment USING btree (round_id);
CREATE INDEX certification_assistance_certificate_id_1e9a4a9f ON public.certification_assistance USING btree (certificate_id);
CREATE INDEX certification_assistance_enterprise_id_87380f49 ON public.certification_assistance USING btree (enterprise_id);
CREATE INDEX certification_assistance_incident_id_3a20c55a ON public.certification_assistance USING btree (incident_id);
CREATE INDEX certification_assistance_public_id_c92472ea_like ON public.certification_assistance USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_assistancenote_assistance_id_abd6add3 ON public.certification_assistancenote USING btree (assistance_id);
CREATE INDEX certification_assistancenote_by_id_76da49b8 ON public.certification_assistancenote USING btree (by_id);
CREATE INDEX certification_assistancenote_enterprise_id_ced8102d ON public.certification_assistancenote USING btree (enterprise_id);
CREATE INDEX certification_ballot_item_id_0e2fd42b ON public.certification_ballot USING btree (item_id);
CREATE INDEX certification_ballot_member_id_80e9dbb7 ON public.certification_ballot USING btree (member_id);
CREATE INDEX certification_blindpaper_approved_by_id_fc72b678 ON public.certification_blindpaper USING btree (approved_by_id);
CREATE INDEX certification_blindpaper_case_id_6334c480 ON public.certification_blindpaper USING btree (case_id);
CREATE INDEX certification_blindpaper_redacted_by_id_34c4f98e ON public.certification_blindpaper USING btree (redacted_by_id);
CREATE INDEX certification_call_public_id_6bcc1731_like ON public.certification_call USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_call_rule_set_id_19027b45 ON public.certification_call USING btree (rule_set_id);
CREATE INDEX certification_certificate_announcement_id_5810a707 ON public.certification_certificate USING btree (announcement_id);
CREATE INDEX certification_certificate_credit_code_57285d1f ON public.certification_certificate USING btree (credit_code);
CREATE INDEX certification_certificate_credit_code_57285d1f_like ON public.certification_certificate USING btree (credit_code varchar_pattern_ops);
CREATE INDEX certification_certificate_enterprise_id_c5c62b41 ON public.certification_certificate USING btree (enterprise_id);
CREATE INDEX certification_certificate_kept_open_by_id_fe5e2e65 ON public.certification_certificate USING btree (kept_open_by_id);
CREATE INDEX certification_certificate_number_527fa835_like ON public.certification_certificate USING btree (number varchar_pattern_ops);
CREATE INDEX certification_certificate_public_id_41ece433_like ON public.certification_certificate USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_cohort_built_by_id_a5fc83f8 ON public.certification_cohort USING btree (built_by_id);
CREATE INDEX certification_cohort_public_id_c8509b83_like ON public.certification_cohort USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_cohorttitle_certificate_id_0a21e551 ON public.certification_cohorttitle USING btree (certificate_id);
CREATE INDEX certification_cohorttitle_cohort_id_bd77d716 ON public.certification_cohorttitle USING btree (cohort_id);
CREATE INDEX certification_cohorttitle_enterprise_id_7b0af0df ON public.certification_cohorttitle USING btree (enterprise_id);
CREATE INDEX certification_confirmation_confirmed_by_id_40d117e1 ON public.certification_confirmation USING btree (confirmed_by_id);
CREATE INDEX certification_consultation_answered_by_id_227d4258 ON public.certification_consultation USING btree (answered_by_id);
CREATE INDEX certification_consultation_application_id_d720fcb4 ON public.certification_consultation USING btree (application_id);
CREATE INDEX certification_consultation_enterprise_id_dd5596f7 ON public.certification_consultation USING btree (enterprise_id);
CREATE INDEX certification_consultation_office_id_2971da08 ON public.certification_consultation USING btree (office_id);
CREATE INDEX certification_consultation_public_id_41dae69f_like ON public.certification_consultation USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_continuationruling_by_id_4cea718d ON public.certification_continuationruling USING btree (by_id);
CREATE INDEX certification_continuationruling_public_id_7012b2e2_like ON public.certification_continuationruling USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_correction_application_id_092dbc39 ON public.certification_correction USING btree (application_id);
CREATE INDEX certification_correction_enterprise_id_084ab593 ON public.certification_correction USING btree (enterprise_id);
CREATE INDEX certification_correction_opened_by_id_66c56813 ON public.certification_correction USING btree (opened_by_id);
CREATE INDEX certification_cover_absent_id_29b84bc1 ON public.certification_cover USING btree (absent_id);
CREATE INDEX certification_cover_deputy_id_41a5ed64 ON public.certification_cover USING btree (deputy_id);
CREATE INDEX certification_dayruling_by_id_6eef355b ON public.certification_dayruling USING btree (by_id);
CREATE INDEX certification_dayruling_public_id_ea9733ff_like ON public.certification_dayruling USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_drawline_case_id_d8f1554d ON public.certification_drawline USING btree (case_id);
CREATE INDEX certification_drawline_expert_id_e2d58f86 ON public.certification_drawline USING btree (expert_id);
CREATE INDEX certification_exit_certificate_id_49feaf63 ON public.certification_exit USING btree (certificate_id);
CREATE INDEX certification_exit_decided_by_id_f16fe893 ON public.certification_exit USING btree (decided_by_id);
CREATE INDEX certification_exit_deliberated_by_id_ac900653 ON public.certification_exit USING btree (deliberated_by_id);
CREATE INDEX certification_exit_enterprise_id_dd058454 ON public.certification_exit USING btree (enterprise_id);
CREATE INDEX certification_exit_incident_id_b67ba5f4 ON public.certification_exit USING btree (incident_id);
CREATE INDEX certification_exit_opened_by_id_4961c581 ON public.certification_exit USING btree (opened_by_id);
CREATE INDEX certification_exit_public_id_f44f796a_like ON public.certification_exit USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_exit_set_aside_by_id_801b6883 ON public.certification_exit USING btree (set_aside_by_id);
CREATE INDEX certification_exitreply_by_id_50d779e3 ON public.certification_exitreply USING btree (by_id);
CREATE INDEX certification_exitreply_enterprise_id_1d277baa ON public.certification_exitreply USING btree (enterprise_id);
CREATE INDEX certification_exitreply_evidence_id_c7f517ae ON public.certification_exitreply USING btree (evidence_id);
CREATE INDEX certification_exitreply_exit_id_c8950bb1 ON public.certification_exitreply USING btree (exit_id);
CREATE INDEX certification_expert_public_id_2c359445_like ON public.certification_expert USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_extension_call_id_d0cc7a4e ON public.certification_extension USING btree (call_id);
CREATE INDEX certification_extension_public_id_7d211564_like ON public.certification_extension USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_extension_signed_by_id_0e2a9f9b ON public.certification_extension USING btree (signed_by_id);
CREATE INDEX certification_finding_certificate_id_bd7375fe ON public.certification_finding USING btree (certificate_id);
CREATE INDEX certification_finding_public_id_b69bcc83_like ON public.certification_finding USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_handling_application_id_31ec94ea ON public.certification_handling USING btree (application_id);
CREATE INDEX certification_handling_enterprise_id_ef9b3bf2 ON public.certification_handling USING btree (enterprise_id);
CREATE INDEX certification_handling_user_id_4a523f96 ON public.certification_handling USING btree (user_id);
CREATE INDEX certification_highlight_application_id_be084d85 ON public.certification_highlight USING btree (application_id);
CREATE INDEX certification_highlight_by_id_4cb38400 ON public.certification_highlight USING btree (by_id);
CREATE INDEX certification_highlight_enterprise_id_eafea14c ON public.certification_highlight USING btree (enterprise_id);
CREATE INDEX certification_highlight_public_id_ac35ad6a_like ON public.certification_highlight USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_incident_confirmed_by_id_764b705c ON public.certification_incident USING btree (confirmed_by_id);
CREATE INDEX certification_incident_enterprise_id_31ab0dfc ON public.certification_incident USING btree (enterprise_id);
CREATE INDEX certification_incident_public_id_c1d12a4a_like ON public.certification_incident USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_incident_reported_by_id_63336fb1 ON public.certification_incident USING btree (reported_by_id);
CREATE INDEX certification_incidentreply_by_id_f7f77144 ON public.certification_incidentreply USING btree (by_id);
CREATE INDEX certification_incidentreply_enterprise_id_02b3345c ON public.certification_incidentreply USING btree (enterprise_id);
CREATE INDEX certification_incidentreply_evidence_id_f2f7df6f ON public.certification_incidentreply USING btree (evidence_id);
CREATE INDEX certification_incidentreply_incident_id_619b0b61 ON public.certification_incidentreply USING btree (incident_id);
CREATE INDEX certification_interpretation_asked_by_id_90e1e71a ON public.certification_interpretation USING btree (asked_by_id);
CREATE INDEX certification_interpretation_number_0aa62350_like ON public.certification_interpretation USING btree (number varchar_pattern_ops);
CREATE INDEX certification_interpretation_public_id_17e66076_like ON public.certification_interpretation USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_leaving_asked_by_id_9eecccde ON public.certification_leaving USING btree (asked_by_id);
CREATE INDEX certification_leaving_certificate_id_16ba4d1e ON public.certification_leaving USING btree (certificate_id);
CREATE INDEX certification_leaving_enterprise_id_84def0b8 ON public.certification_leaving USING btree (enterprise_id);
CREATE INDEX certification_leaving_public_id_dd4c223f_like ON public.certification_leaving USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_letter_application_id_fb2637ec ON public.certification_letter USING btree (application_id);
CREATE INDEX certification_letter_edited_by_id_a044c8d5 ON public.certification_letter USING btree (edited_by_id);
CREATE INDEX certification_letter_enterprise_id_aaed545b ON public.certification_letter USING btree (enterprise_id);
CREATE INDEX certification_letter_public_id_2a8f0a8e_like ON public.certification_letter USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_letter_signed_by_id_176075d8 ON public.certification_letter USING btree (signed_by_id);
CREATE INDEX certification_look_application_id_66d78389 ON public.certification_look USING btree (application_id);
CREATE INDEX certification_look_enterprise_id_311ef4e5 ON public.certification_look USING btree (enterprise_id);
CREATE INDEX certification_look_user_id_e371eec5 ON public.certification_look USING btree (user_id);
CREATE INDEX certification_majorchange_enterprise_id_32f34915 ON public.certification_majorchange USING btree (enterprise_id);
CREATE INDEX certification_majorchange_evidence_id_333e53c9 ON public.certification_majorchange USING btree (evidence_id);
CREATE INDEX certification_majorchange_public_id_63fede61_like ON public.certification_majorchange USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_majorchange_reported_by_id_0ee4bbe1 ON public.certification_majorchange USING btree (reported_by_id);
CREATE INDEX certification_meeting_call_id_4874a5af ON public.certification_meeting USING btree (call_id);
CREATE INDEX certification_meeting_public_id_fd35bacf_like ON public.certification_meeting USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_meetingmember_meeting_id_b8894845 ON public.certification_meetingmember USING btree (meeting_id);
CREATE INDEX certification_meetingmember_user_id_a5a8c6b7 ON public.certification_meetingmember USING btree (user_id);
CREATE INDEX certification_objection_answered_by_id_bcb05ac3 ON public.certification_objection USING btree (answered_by_id);
CREATE INDEX certification_objection_application_id_1e4c6fde ON public.certification_objection USING btree (application_id);
CREATE INDEX certification_objection_posting_id_64edeb89 ON public.certification_objection USING btree (posting_id);
CREATE INDEX certification_objection_public_id_f4aa9eba_like ON public.certification_objection USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_objection_receipt_number_ddcfc7c8_like ON public.certification_objection USING btree (receipt_number varchar_pattern_ops);
CREATE INDEX certification_objection_taken_up_by_id_31c18999 ON public.certification_objection USING btree (taken_up_by_id);
CREATE INDEX certification_objectionpaper_objection_id_691ceadb ON public.certification_objectionpaper USING btree (objection_id);
CREATE INDEX certification_objectionpaper_public_id_3b27c4f8_like ON public.certification_objectionpaper USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_opinion_application_id_afd5c23d ON public.certification_opinion USING btree (application_id);
CREATE INDEX certification_opinion_by_id_b541eb5e ON public.certification_opinion USING btree (by_id);
CREATE INDEX certification_opinion_enterprise_id_9bf48d8b ON public.certification_opinion USING btree (enterprise_id);
CREATE INDEX certification_outcome_certificate_id_5e2d526f ON public.certification_outcome USING btree (certificate_id);
CREATE INDEX certification_outcome_cycle_id_f3c8cb76 ON public.certification_outcome USING btree (cycle_id);
CREATE INDEX certification_overlay_drafted_by_id_ac6ecb53 ON public.certification_overlay USING btree (drafted_by_id);
CREATE INDEX certification_overlay_public_id_bb7d99f4_like ON public.certification_overlay USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_overlay_published_by_id_123a1fed ON public.certification_overlay USING btree (published_by_id);
CREATE INDEX certification_override_application_id_40354db3 ON public.certification_override USING btree (application_id);
CREATE INDEX certification_override_asked_by_id_e1cc003a ON public.certification_override USING btree (asked_by_id);
CREATE INDEX certification_override_enterprise_id_2e1500b0 ON public.certification_override USING btree (enterprise_id);
CREATE INDEX certification_override_public_id_490779c6_like ON public.certification_override USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_override_signed_by_id_0d997ef8 ON public.certification_override USING btree (signed_by_id);
CREATE INDEX certification_pause_application_id_30224514 ON public.certification_pause USING btree (application_id);
CREATE INDEX certification_pause_by_id_74660996 ON public.certification_pause USING btree (by_id);
CREATE INDEX certification_pause_enterprise_id_b3dfced7 ON public.certification_pause USING btree (enterprise_id);
CREATE INDEX certification_posting_call_id_72401c9d ON public.certification_posting USING btree (call_id);
CREATE INDEX certification_posting_drafted_by_id_3c0d9280 ON public.certification_posting USING btree (drafted_by_id);
CREATE INDEX certification_posting_meeting_id_981b094d ON public.certification_posting USING btree (meeting_id);
CREATE INDEX certification_posting_public_id_ccf85835_like ON public.certification_posting USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_postingitem_application_id_8ae6c0ad ON public.certification_postingitem USING btree (application_id);
CREATE INDEX certification_postingitem_posting_id_d7ef72c0 ON public.certification_postingitem USING btree (posting_id);
CREATE INDEX certification_recommendationdraft_call_id_1b92d480 ON public.certification_recommendationdraft USING btree (call_id);
CREATE INDEX certification_recommendationdraft_drafted_by_id_a7929115 ON public.certification_recommendationdraft USING btree (drafted_by_id);
CREATE INDEX certification_recommendationdraft_public_id_b2e0d102_like ON public.certification_recommendationdraft USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_recommendationline_application_id_8d204f65 ON public.certification_recommendationline USING btree (application_id);
CREATE INDEX certification_recommendationline_draft_id_8a1d2b9b ON public.certification_recommendationline USING btree (draft_id);
CREATE INDEX certification_reconsideration_application_id_1d8fee90 ON public.certification_reconsideration USING btree (application_id);
CREATE INDEX certification_reconsideration_enterprise_id_af64b1fe ON public.certification_reconsideration USING btree (enterprise_id);
CREATE INDEX certification_reconsideration_handled_by_id_fb9a389b ON public.certification_reconsideration USING btree (handled_by_id);
CREATE INDEX certification_reconsideration_letter_id_558405a7 ON public.certification_reconsideration USING btree (letter_id);
CREATE INDEX certification_reconsideration_public_id_b47df74c_like ON public.certification_reconsideration USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_reconsideration_requested_by_id_e63c7407 ON public.certification_reconsideration USING btree (requested_by_id);
CREATE INDEX certification_reminder_enterprise_id_a7333f8a ON public.certification_reminder USING btree (enterprise_id);
CREATE INDEX certification_reminder_public_id_24da389f_like ON public.certification_reminder USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_restoration_certificate_id_37368688 ON public.certification_restoration USING btree (certificate_id);
CREATE INDEX certification_restoration_exit_id_0417b8c2 ON public.certification_restoration USING btree (exit_id);
CREATE INDEX certification_round_public_id_74f94a8c_like ON public.certification_round USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_roundcase_application_id_b9631fde ON public.certification_roundcase USING btree (application_id);
CREATE INDEX certification_roundcase_public_id_b3d5e030_like ON public.certification_roundcase USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_roundcase_round_id_84c53a47 ON public.certification_roundcase USING btree (round_id);
CREATE INDEX certification_ruleset_drafted_by_id_e18cff4e ON public.certification_ruleset USING btree (drafted_by_id);
CREATE INDEX certification_ruleset_public_id_caea1094_like ON public.certification_ruleset USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_ruleset_published_by_id_258ccd19 ON public.certification_ruleset USING btree (published_by_id);
CREATE INDEX certification_savedview_public_id_e358b92c_like ON public.certification_savedview USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_savedview_user_id_b5ec3c4d ON public.certification_savedview USING btree (user_id);
CREATE INDEX certification_signoff_application_id_7b7fdd7f ON public.certification_signoff USING btree (application_id);
CREATE INDEX certification_signoff_by_id_9b7bba76 ON public.certification_signoff USING btree (by_id);
CREATE INDEX certification_signoff_enterprise_id_7d04071f ON public.certification_signoff USING btree (enterprise_id);
CREATE INDEX certification_submission_application_id_f13fe383 ON public.certification_submission USING btree (application_id);
CREATE INDEX certification_submission_enterprise_id_0f372bf2 ON public.certification_submission USING btree (enterprise_id);
CREATE INDEX certification_submission_submitted_by_id_2b42574e ON public.certification_submission USING btree (submitted_by_id);
CREATE INDEX certification_target_public_id_5134d8ac_like ON public.certification_target USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_termextension_public_id_275d5ff5_like ON public.certification_termextension USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_termextension_signed_by_id_b9625805 ON public.certification_termextension USING btree (signed_by_id);
CREATE INDEX certification_verdict_application_id_bb923df6 ON public.certification_verdict USING btree (application_id);
CREATE INDEX certification_verdict_by_id_f830420f ON public.certification_verdict USING btree (by_id);
CREATE INDEX certification_verdict_carried_from_id_6cc7810e ON public.certification_verdict USING btree (carried_from_id);
CREATE INDEX certification_verdict_enterprise_id_7ed4268e ON public.certification_verdict USING btree (enterprise_id);
CREATE INDEX certification_visit_application_id_b69e4c3a ON public.certification_visit USING btree (application_id);
CREATE INDEX certification_visit_enterprise_id_b57ef9c9 ON public.certification_visit USING btree (enterprise_id);
CREATE INDEX certification_visit_public_id_59fe888a_like ON public.certification_visit USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_visit_sample_id_cd1d08a2 ON public.certification_visit USING btree (sample_id);
CREATE INDEX certification_visit_signed_by_id_ea630c25 ON public.certification_visit USING btree (signed_by_id);
CREATE INDEX certification_visitline_enterprise_id_014d4254 ON public.certification_visitline USING btree (enterprise_id);
CREATE INDEX certification_visitline_visit_id_f0ddb5a8 ON public.certification_visitline USING btree (visit_id);
CREATE INDEX certification_visitphoto_enterprise_id_037f146b ON public.certification_visitphoto USING btree (enterprise_id);
CREATE INDEX certification_visitphoto_public_id_2fdb1366_like ON public.certification_visitphoto USING btree (public_id varchar_pattern_ops);
CREATE INDEX certification_visitphoto_visit_id_b355ec3f ON public.certification_visitphoto USING btree (visit_id);
CREATE INDEX certification_visitsample_by_id_16ab9beb ON public.certification_visitsample USING btree (by_id);
CREATE INDEX certification_visitsample_call_id_553f71e2 ON public.certification_visitsample USING btree (call_id);
CREATE INDEX certification_visitsample_public_id_b88ce615_like ON public.certification_visitsample USING btree (public_id varchar_pattern_ops);
CREATE INDEX change_in_region ON public.exchange_change USING btree (region_path, "position");
CREATE INDEX change_to_number ON public.exchange_change USING btree (seq) WHERE ("position" IS NULL);
CREATE INDEX cohort_in_order ON public.certification_cohorttitle USING btree (cohort_id, stratum, place);
CREATE INDEX consultation_due ON public.certification_consultation USING btree (state, due_on);
CREATE INDEX delivery_waiting ON public.mailroom_delivery USING btree (id) WHERE ((state)::text = 'pending'::text);
CREATE INDEX django_celery_beat_periodictask_clocked_id_47a69f82 ON public.django_celery_beat_periodictask USING btree (clocked_id);
CREATE INDEX django_celery_beat_periodictask_crontab_id_d3cba168 ON public.django_celery_beat_periodictask USING btree (crontab_id);
CREATE INDEX django_celery_beat_periodictask_interval_id_a8ca27da ON public.django_celery_beat_periodictask USING btree (interval_id);
CREATE INDEX django_celery_beat_periodictask_name_265a36b7_like ON public.django_celery_beat_periodictask USING btree (name varchar_pattern_ops);
CREATE INDEX django_celery_beat_periodictask_solar_id_a87ce72c ON public.django_celery_beat_periodictask USING btree (solar_id);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX enterprise_by_region ON public.enterprises_enterprise USING btree (region_path, name);
CREATE INDEX enterprises_annualreport_confirmed_by_id_02b7fec7 ON public.enterprises_annualreport USING btree (confirmed_by_id);
CREATE INDEX enterprises_annualreport_enterprise_id_52f1e6c1 ON public.enterprises_annualreport USING btree (enterprise_id);
CREATE INDEX enterprises_annualreport_platform_noted_by_id_25319bde ON public.enterprises_annualreport USING btree (platform_noted_by_id);
CREATE INDEX enterprises_annualreport_platform_paper_id_33120d37 ON public.enterprises_annualreport USING btree (platform_paper_id);
CREATE INDEX enterprises_award_enterprise_id_ee017ec9 ON public.enterprises_award USING btree (enterprise_id);
CREATE INDEX enterprises_award_evidence_id_1a15261f ON public.enterprises_award USING btree (evidence_id);
CREATE INDEX enterprises_award_public_id_c20700d5_like ON public.enterprises_award USING btree (public_id varchar_pattern_ops);
CREATE INDEX enterprises_contest_enterprise_id_e3db6b3e ON public.enterprises_contest USING btree (enterprise_id);
CREATE INDEX enterprises_contest_evidence_id_9ad38322 ON public.enterprises_contest USING btree (evidence_id);
CREATE INDEX enterprises_contest_public_id_ab6b8226_like ON public.enterprises_contest USING btree (public_id varchar_pattern_ops);
CREATE INDEX enterprises_enterprise_credit_code_f2c12361_like ON public.enterprises_enterprise USING btree (credit_code varchar_pattern_ops);
CREATE INDEX enterprises_enterprise_public_id_ddbf432d_like ON public.enterprises_enterprise USING btree (public_id varchar_pattern_ops);
CREATE INDEX enterprises_evidence_enterprise_id_764a52ca ON public.enterprises_evidence USING btree (enterprise_id);
CREATE INDEX enterprises_evidence_public_id_989b9e92_like ON public.enterprises_evidence USING btree (public_id varchar_pattern_ops);
CREATE INDEX enterprises_evidence_uploaded_by_id_c9c4f405 ON public.enterprises_evidence USING btree (uploaded_by_id);
CREATE INDEX enterprises_figure_by_id_656bc6cb ON public.enterprises_figure USING btree (by_id);
CREATE INDEX enterprises_figure_enterprise_id_7ff91694 ON public.enterprises_figure USING btree (enterprise_id);
CREATE INDEX enterprises_figure_evidence_id_b27fc997 ON public.enterprises_figure USING btree (evidence_id);
CREATE INDEX enterprises_figureentry_by_id_8abf9426 ON public.enterprises_figureentry USING btree (by_id);
CREATE INDEX enterprises_figureentry_enterprise_id_b9dba2e4 ON public.enterprises_figureentry USING btree (enterprise_id);
CREATE INDEX enterprises_figureentry_public_id_b879dcc1_like ON public.enterprises_figureentry USING btree (public_id varchar_pattern_ops);
CREATE INDEX enterprises_financing_enterprise_id_1d9f3217 ON public.enterprises_financing USING btree (enterprise_id);
CREATE INDEX enterprises_financing_evidence_id_328bfd32 ON public.enterprises_financing USING btree (evidence_id);
CREATE INDEX enterprises_financing_public_id_a58c3b6b_like ON public.enterprises_financing USING btree (public_id varchar_pattern_ops);
CREATE INDEX enterprises_formerbody_enterprise_id_d201da04 ON public.enterprises_formerbody USING btree (enterprise_id);
CREATE INDEX enterprises_honour_enterprise_id_71e2a04f ON public.enterprises_honour USING btree (enterprise_id);
CREATE INDEX enterprises_honour_evidence_id_a3e1f50a ON public.enterprises_honour USING btree (evidence_id);
CREATE INDEX enterprises_honour_public_id_f45d12cc_like ON public.enterprises_honour USING btree (public_id varchar_pattern_ops);
CREATE INDEX enterprises_intellectualproperty_enterprise_id_96ad3eb3 ON public.enterprises_intellectualproperty USING btree (enterprise_id);
CREATE INDEX enterprises_intellectualproperty_evidence_id_606a4eea ON public.enterprises_intellectualproperty USING btree (evidence_id);
CREATE INDEX enterprises_intellectualproperty_public_id_a8c8c17a_like ON public.enterprises_intellectualproperty USING btree (public_id varchar_pattern_ops);
CREATE INDEX enterprises_managementcertificate_enterprise_id_618617ae ON public.enterprises_managementcertificate USING btree (enterprise_id);
CREATE INDEX enterprises_managementcertificate_evidence_id_bf515ee0 ON public.enterprises_managementcertificate USING btree (evidence_id);
CREATE INDEX enterprises_managementcertificate_public_id_f8fb1782_like ON public.enterprises_managementcertificate USING btree (public_id varchar_pattern_ops);
CREATE INDEX enterprises_membership_decided_by_id_a8cb8a59 ON public.enterprises_membership USING btree (decided_by_id);
CREATE INDEX enterprises_membership_enterprise_id_e21aaf60 ON public.enterprises_membership USING btree (enterprise_id);
CREATE INDEX enterprises_membership_letter_id_1bfedb65 ON public.enterprises_membership USING btree (letter_id);
CREATE INDEX enterprises_membership_public_id_e6172de7_like ON public.enterprises_membership USING btree (public_id varchar_pattern_ops);
CREATE INDEX enterprises_membership_user_id_3b632d49 ON public.enterprises_membership USING btree (user_id);
CREATE INDEX enterprises_namehistory_enterprise_id_d21cf9a6 ON public.enterprises_namehistory USING btree (enterprise_id);
CREATE INDEX enterprises_outsidetitle_enterprise_id_ef6203ab ON public.enterprises_outsidetitle USING btree (enterprise_id);
CREATE INDEX enterprises_outsidetitle_evidence_id_a8502c87 ON public.enterprises_outsidetitle USING btree (evidence_id);
CREATE INDEX enterprises_outsidetitle_public_id_59320e38_like ON public.enterprises_outsidetitle USING btree (public_id varchar_pattern_ops);
CREATE INDEX enterprises_rdinstitution_enterprise_id_db28b5be ON public.enterprises_rdinstitution USING btree (enterprise_id);
CREATE INDEX enterprises_rdinstitution_evidence_id_2919b5aa ON public.enterprises_rdinstitution USING btree (evidence_id);
CREATE INDEX enterprises_rdinstitution_public_id_2a6fca94_like ON public.enterprises_rdinstitution USING btree (public_id varchar_pattern_ops);
CREATE INDEX enterprises_statement_by_id_f4d43916 ON public.enterprises_statement USING btree (by_id);
CREATE INDEX enterprises_statement_enterprise_id_68ff8e25 ON public.enterprises_statement USING btree (enterprise_id);
CREATE INDEX enterprises_statement_evidence_id_14f6ec13 ON public.enterprises_statement USING btree (evidence_id);
CREATE INDEX enterprises_takeover_by_id_a775fb33 ON public.enterprises_takeover USING btree (by_id);
CREATE INDEX enterprises_takeover_enterprise_id_d2a3aef3 ON public.enterprises_takeover USING btree (enterprise_id);
CREATE INDEX enterprises_takeover_public_id_dba8c16d_like ON public.enterprises_takeover USING btree (public_id varchar_pattern_ops);
CREATE INDEX enterprises_takeover_replaced_id_2b40dae5 ON public.enterprises_takeover USING btree (replaced_id);
CREATE INDEX enterprises_touched_enterprise_id_70b27aa1 ON public.enterprises_touched USING btree (enterprise_id);
CREATE INDEX entitlement_by_enterprise ON public.incentives_entitlement USING btree (enterprise_id, state);
CREATE INDEX exchange_apiclient_client_id_ac357775_like ON public.exchange_apiclient USING btree (client_id varchar_pattern_ops);
CREATE INDEX exchange_apiclient_client_secret_7d98ff67 ON public.exchange_apiclient USING btree (client_secret);
CREATE INDEX exchange_apiclient_client_secret_7d98ff67_like ON public.exchange_apiclient USING btree (client_secret varchar_pattern_ops);
CREATE INDEX exchange_apiclient_user_id_d0ccf352 ON public.exchange_apiclient USING btree (user_id);
CREATE INDEX exit_by_region ON public.certification_exit USING btree (region_path, state);
CREATE INDEX fallback_open ON public.mailroom_fallback USING btree (region_path, opened_at) WHERE (closed_at IS NULL);
CREATE INDEX figure_entry_office ON public.enterprises_figureentry USING btree (office_path, office_name, id DESC);
CREATE INDEX figure_latest ON public.enterprises_figure USING btree (enterprise_id, name, year, id DESC);
CREATE INDEX finding_open ON public.certification_finding USING btree (region_path, kind) WHERE (closed_on IS NULL);
CREATE INDEX handling_mine ON public.certification_handling USING btree (user_id, stage);
CREATE INDEX incentives_duty_measure_id_dbbef9ad ON public.incentives_duty USING btree (measure_id);
CREATE INDEX incentives_entitlement_certificate_id_7f36c31e ON public.incentives_entitlement USING btree (certificate_id);
CREATE INDEX incentives_entitlement_enterprise_id_882780c1 ON public.incentives_entitlement USING btree (enterprise_id);
CREATE INDEX incentives_entitlement_item_id_5a1f4d4e ON public.incentives_entitlement USING btree (item_id);
CREATE INDEX incentives_entitlement_public_id_13751f80_like ON public.incentives_entitlement USING btree (public_id varchar_pattern_ops);
CREATE INDEX incentives_measure_code_3774380c_like ON public.incentives_measure USING btree (code varchar_pattern_ops);
CREATE INDEX incentives_measureitem_channel_by_id_41ad3801 ON public.incentives_measureitem USING btree (channel_by_id);
CREATE INDEX incentives_measureitem_code_f7327586_like ON public.incentives_measureitem USING btree (code varchar_pattern_ops);
CREATE INDEX incentives_measureitem_measure_id_0b16f13f ON public.incentives_measureitem USING btree (measure_id);
CREATE INDEX incident_desk ON public.certification_incident USING btree (region_path, state);
CREATE INDEX interpretation_at_criterion ON public.certification_interpretation USING btree (rule_set_code, criterion);
CREATE INDEX judgement_flips ON public.certification_judgement USING btree (flips_on);
CREATE INDEX leaving_desk ON public.certification_leaving USING btree (region_path, state);
CREATE INDEX letter_by_office ON public.certification_letter USING btree (office_path, state);
CREATE INDEX mailroom_choice_person_id_7dde0040 ON public.mailroom_choice USING btree (person_id);
CREATE INDEX mailroom_delivery_digest_id_e3a0322e ON public.mailroom_delivery USING btree (digest_id);
CREATE INDEX mailroom_delivery_message_id_1910f93b ON public.mailroom_delivery USING btree (message_id);
CREATE INDEX mailroom_digest_person_id_e4edc40c ON public.mailroom_digest USING btree (person_id);
CREATE INDEX mailroom_fallback_public_id_b36897a7_like ON public.mailroom_fallback USING btree (public_id varchar_pattern_ops);
CREATE INDEX mailroom_localsms_provider_id_eeaac777_like ON public.mailroom_localsms USING btree (provider_id varchar_pattern_ops);
CREATE INDEX mailroom_message_public_id_733ad15e_like ON public.mailroom_message USING btree (public_id varchar_pattern_ops);
CREATE INDEX mailroom_message_recipient_id_2e33ef03 ON public.mailroom_message USING btree (recipient_id);
CREATE INDEX mailroom_proof_message_id_cf3ad868 ON public.mailroom_proof USING btree (message_id);
CREATE INDEX major_change_desk ON public.certification_majorchange USING btree (region_path, state);
CREATE INDEX membership_letters ON public.enterprises_membership USING btree (region_path, requested_at) WHERE (((method)::text = 'letter'::text) AND ((state)::text = 'pending'::text));
CREATE INDEX message_about ON public.mailroom_message USING btree (about_type, about_id, id DESC);
CREATE INDEX message_inbox ON public.mailroom_message USING btree (recipient_id, id DESC);
CREATE INDEX message_legal ON public.mailroom_message USING btree (created_at) WHERE ((kind)::text = 'legal'::text);
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);
CREATE INDEX oauth2_prov_token_f_996e8a_idx ON public.oauth2_provider_refreshtoken USING btree (token_family);
CREATE INDEX oauth2_provider_accesstoken_application_id_b22886e1 ON public.oauth2_provider_accesstoken USING btree (application_id);
CREATE INDEX oauth2_provider_accesstoken_token_checksum_85319a26_like ON public.oauth2_provider_accesstoken USING btree (token_checksum varchar_pattern_ops);
CREATE INDEX oauth2_provider_accesstoken_user_id_6e4c9a65 ON public.oauth2_provider_accesstoken USING btree (user_id);
CREATE INDEX oauth2_provider_devicegrant_client_id_229dd06d ON public.oauth2_provider_devicegrant USING btree (client_id);
CREATE INDEX oauth2_provider_devicegrant_client_id_229dd06d_like ON public.oauth2_provider_devicegrant USING btree (client_id varchar_pattern_ops);
CREATE INDEX oauth2_provider_devicegrant_user_id_1cec5156 ON public.oauth2_provider_devicegrant USING btree (user_id);
CREATE INDEX oauth2_provider_grant_application_id_81923564 ON public.oauth2_provider_grant USING btree (application_id);
CREATE INDEX oauth2_provider_grant_code_49ab4ddf_like ON public.oauth2_provider_grant USING btree (code varchar_pattern_ops);
CREATE INDEX oauth2_provider_grant_user_id_e8f62af8 ON public.oauth2_provider_grant USING btree (user_id);
CREATE INDEX oauth2_provider_idtoken_application_id_08c5ff4f ON public.oauth2_provider_idtoken USING btree (application_id);
CREATE INDEX oauth2_provider_idtoken_user_id_dd512b59 ON public.oauth2_provider_idtoken USING btree (user_id);
CREATE INDEX oauth2_provider_refreshtoken_application_id_2d1c311b ON public.oauth2_provider_refreshtoken USING btree (application_id);
CREATE INDEX oauth2_provider_refreshtoken_user_id_da837fce ON public.oauth2_provider_refreshtoken USING btree (user_id);
CREATE INDEX objection_by_application ON public.certification_objection USING btree (application_id, state);
CREATE UNIQUE INDEX one_active_application_per_call ON public.certification_application USING btree (enterprise_id, call_id) WHERE ((state)::text = ANY ((ARRAY['draft'::character varying, 'screening'::character varying, 'city_review'::character varying, 'province_review'::character varying, 'returned'::character varying, 'to_refuse'::character varying, 'posted'::character varying, 'decided'::character varying, 'recommended'::character varying])::text[]));
CREATE UNIQUE INDEX one_active_application_per_tier ON public.certification_application USING btree (enterprise_id, tier) WHERE ((state)::text = ANY ((ARRAY['draft'::character varying, 'screening'::character varying, 'city_review'::character varying, 'province_review'::character varying, 'returned'::character varying, 'to_refuse'::character varying, 'posted'::character varying, 'decided'::character varying, 'recommended'::character varying])::text[]));
CREATE UNIQUE INDEX one_chair_per_meeting ON public.certification_meetingmember USING btree (meeting_id) WHERE is_chair;
CREATE UNIQUE INDEX one_entry_per_document ON public.enterprises_figureentry USING btree (enterprise_id, name, year, source, document) WHERE (withdrawn_at IS NULL);
CREATE UNIQUE INDEX one_extension_per_end ON public.certification_extension USING btree (call_id, old_closes_at) WHERE ((state)::text = ANY ((ARRAY['drafted'::character varying, 'signed'::character varying])::text[]));
CREATE UNIQUE INDEX one_letter_per_decision ON public.certification_letter USING btree (application_id, kind) WHERE (NOT ((state)::text = 'discarded'::text));
CREATE UNIQUE INDEX one_live_visit_per_application ON public.certification_visit USING btree (application_id) WHERE (NOT ((state)::text = 'cancelled'::text));
CREATE UNIQUE INDEX one_open_correction ON public.certification_correction USING btree (application_id) WHERE (answered_at IS NULL);
CREATE UNIQUE INDEX one_open_draft_per_term_and_day ON public.certification_termextension USING btree (kind, ends_on) WHERE ((state)::text = 'drafted'::text);
CREATE UNIQUE INDEX one_open_exit_per_title ON public.certification_exit USING btree (certificate_id) WHERE (NOT ((state)::text = ANY ((ARRAY['announced'::character varying, 'dropped'::character varying, 'ended_nationally'::character varying, 'set_aside'::character varying])::text[])));
CREATE UNIQUE INDEX one_open_finding ON public.certification_finding USING btree (certificate_id, kind) WHERE (closed_on IS NULL);
CREATE UNIQUE INDEX one_open_help_per_light ON public.certification_assistance USING btree (certificate_id, ground, COALESCE(incident_id, (0)::bigint), COALESCE(finding_id, (0)::bigint)) WHERE ((state)::text = 'open'::text);
CREATE UNIQUE INDEX one_open_leaving_per_title ON public.certification_leaving USING btree (certificate_id) WHERE ((state)::text = 'asked'::text);
CREATE UNIQUE INDEX one_open_membership ON public.enterprises_membership USING btree (user_id, enterprise_id) WHERE ((state)::text = ANY ((ARRAY['pending'::character varying, 'verified'::character varying])::text[]));
CREATE UNIQUE INDEX one_open_outage_of_the_probe ON public.outages_outage USING btree (source) WHERE ((ended_at IS NULL) AND ((source)::text = 'probe'::text));
CREATE UNIQUE INDEX one_open_pause ON public.certification_pause USING btree (application_id) WHERE (until IS NULL);
CREATE UNIQUE INDEX one_open_post ON public.accounts_post USING btree (user_id, office_id, role) WHERE (until IS NULL);
CREATE UNIQUE INDEX one_opinion_per_stage ON public.certification_opinion USING btree (application_id, submission_number, stage) WHERE (taken_back_at IS NULL);
CREATE UNIQUE INDEX one_override_per_submission ON public.certification_override USING btree (application_id, submission_number, against) WHERE (taken_back_at IS NULL);
CREATE UNIQUE INDEX one_published_overlay ON public.certification_overlay USING btree (code) WHERE ((state)::text = 'published'::text);
CREATE UNIQUE INDEX one_published_rule_set ON public.certification_ruleset USING btree (code) WHERE ((state)::text = 'published'::text);
CREATE UNIQUE INDEX one_reconsideration_per_letter ON public.certification_reconsideration USING btree (letter_id) WHERE (NOT ((state)::text = 'withdrawn'::text));
CREATE UNIQUE INDEX one_report_per_event ON public.certification_incident USING btree (enterprise_id, kind, happened_on, document) WHERE (NOT ((state)::text = 'false_alarm'::text));
CREATE UNIQUE INDEX one_stage_time_per_case ON public.certification_stagetime USING btree (key) WHERE (NOT ((key)::text = ''::text));
CREATE UNIQUE INDEX one_verdict_per_criterion ON public.certification_verdict USING btree (application_id, submission_number, stage, criterion) WHERE (taken_back_at IS NULL);
CREATE INDEX outage_by_time ON public.outages_outage USING btree (began_at);
CREATE INDEX outages_outage_by_id_e6aaf792 ON public.outages_outage USING btree (by_id);
CREATE INDEX outages_outage_public_id_a80de151_like ON public.outages_outage USING btree (public_id varchar_pattern_ops);
CREATE INDEX outages_pulse_name_66490364_like ON public.outages_pulse USING btree (name varchar_pattern_ops);
CREATE INDEX regions_recommendingbody_code_9299ab9c_like ON public.regions_recommendingbody USING btree (code varchar_pattern_ops);
CREATE INDEX regions_recommendingbody_path_ebc6f647_like ON public.regions_recommendingbody USING btree (path varchar_pattern_ops);
CREATE INDEX stage_time_usual ON public.certification_stagetime USING btree (office_path, stage, tier, left_on DESC);
CREATE INDEX statement_latest ON public.enterprises_statement USING btree (enterprise_id, name, id DESC);
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;
CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops);
CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id);
CREATE INDEX visit_desk ON public.certification_visit USING btree (region_path, state);
CREATE INDEX work_by_kind ON public.ledger_workitem USING btree (kind, state);
CREATE INDEX work_to_do ON public.ledger_workitem USING btree (due_at, id) WHERE ((state)::text = 'todo'::text);
CREATE TRIGGER audit_auditevent_append_only BEFORE DELETE OR UPDATE ON public.audit_auditevent FOR EACH ROW EXECUTE FUNCTION public.audit_auditevent_append_only();
CREATE TRIGGER audit_auditevent_append_only_all BEFORE TRUNCATE ON public.audit_auditevent FOR EACH STATEMENT EXECUTE FUNCTION public.audit_auditevent_append_only();
CREATE TRIGGER audit_auditlink_append_only BEFORE DELETE OR UPDATE ON public.audit_auditlink FOR EACH ROW EXECUTE FUNCTION public.audit_auditlink_append_only();
CREATE TRIGGER audit_auditlink_append_only_all BEFORE TRUNCATE ON public.audit_auditlink FOR EACH STATEMENT EXECUTE FUNCTION public.audit_auditlink_append_only();
CREATE TRIGGER audit_auditseal_append_only BEFORE DELETE OR UPDATE ON public.audit_auditseal FOR EACH ROW EXECUTE FUNCTION public.audit_auditseal_append_only();
CREATE TRIGGER audit_auditseal_append_only_all BEFORE TRUNCATE ON public.audit_auditseal FOR EACH STATEMENT EXECUTE FUNCTION public.audit_auditseal_append_only();
CREATE TRIGGER certification_announcementdraft_edges BEFORE INSERT OR UPDATE ON public.certification_announcementdraft FOR EACH ROW EXECUTE FUNCTION public.certification_announcementdraft_edges();
CREATE TRIGGER certification_application_edges BEFORE INSERT OR UPDATE ON public.certification_application FOR EACH ROW EXECUTE FUNCTION public.certification_application_edges();
CREATE TRIGGER certification_assignment_edges BEFORE INSERT OR UPDATE ON public.certification_assignment FOR EACH ROW EXECUTE FUNCTION public.certification_assignment_edges();
CREATE TRIGGER certification_assistance_edges BEFORE INSERT OR UPDATE ON public.certification_assistance FOR EACH ROW EXECUTE FUNCTION public.certification_assistance_edges();
CREATE TRIGGER certification_assistancenote_append_only BEFORE DELETE OR UPDATE ON public.certification_assistancenote FOR EACH ROW EXECUTE FUNCTION public.certification_assistancenote_append_only();
CREATE TRIGGER certification_assistancenote_append_only_all BEFORE TRUNCATE ON public.certification_assistancenote FOR EACH STATEMENT EXECUTE FUNCTION public.certification_assistancenote_append_only();
CREATE TRIGGER certification_ballot_append_only BEFORE DELETE OR UPDATE ON public.certification_ballot FOR EACH ROW EXECUTE FUNCTION public.certification_ballot_append_only();
CREATE TRIGGER certification_ballot_append_only_all BEFORE TRUNCATE ON public.certification_ballot FOR EACH STATEMENT EXECUTE FUNCTION public.certification_ballot_append_only();
CREATE TRIGGER certification_call_edges BEFORE INSERT OR UPDATE ON public.certification_call FOR EACH ROW EXECUTE FUNCTION public.certification_call_edges();
CREATE TRIGGER certification_certificate_edges BEFORE INSERT OR UPDATE ON public.certification_certificate FOR EACH ROW EXECUTE FUNCTION public.certification_certificate_edges();
CREATE TRIGGER certification_certificate_touch_delete AFTER DELETE ON public.certification_certificate REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.certification_certificate_touch();
CREATE TRIGGER certification_certificate_touch_insert AFTER INSERT ON public.certification_certificate REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.certification_certificate_touch();
CREATE TRIGGER certification_certificate_touch_update AFTER UPDATE ON public.certification_certificate REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.certification_certificate_touch();
CREATE TRIGGER certification_consultation_edges BEFORE INSERT OR UPDATE ON public.certification_consultation FOR EACH ROW EXECUTE FUNCTION public.certification_consultation_edges();
CREATE TRIGGER certification_continuationruling_append_only BEFORE DELETE OR UPDATE ON public.certification_continuationruling FOR EACH ROW EXECUTE FUNCTION public.certification_continuationruling_append_only();
CREATE TRIGGER certification_continuationruling_append_only_all BEFORE TRUNCATE ON public.certification_continuationruling FOR EACH STATEMENT EXECUTE FUNCTION public.certification_continuationruling_append_only();
CREATE TRIGGER certification_dayruling_append_only BEFORE DELETE OR UPDATE ON public.certification_dayruling FOR EACH ROW EXECUTE FUNCTION public.certification_dayruling_append_only();
CREATE TRIGGER certification_dayruling_append_only_all BEFORE TRUNCATE ON public.certification_dayruling FOR EACH STATEMENT EXECUTE FUNCTION public.certification_dayruling_append_only();
CREATE TRIGGER certification_drawline_append_only BEFORE DELETE OR UPDATE ON public.certification_drawline FOR EACH ROW EXECUTE FUNCTION public.certification_drawline_append_only();
CREATE TRIGGER certification_drawline_append_only_all BEFORE TRUNCATE ON public.certification_drawline FOR EACH STATEMENT EXECUTE FUNCTION public.certification_drawline_append_only();
CREATE TRIGGER certification_exit_edges BEFORE INSERT OR UPDATE ON public.certification_exit FOR EACH ROW EXECUTE FUNCTION public.certification_exit_edges();
CREATE TRIGGER certification_exitreply_append_only BEFORE DELETE OR UPDATE ON public.certification_exitreply FOR EACH ROW EXECUTE FUNCTION public.certification_exitreply_append_only();
CREATE TRIGGER certification_exitreply_append_only_all BEFORE TRUNCATE ON public.certification_exitreply FOR EACH STATEMENT EXECUTE FUNCTION public.certification_exitreply_append_only();
CREATE TRIGGER certification_extension_edges BEFORE INSERT OR UPDATE ON public.certification_extension FOR EACH ROW EXECUTE FUNCTION public.certification_extension_edges();
CREATE TRIGGER certification_incident_edges BEFORE INSERT OR UPDATE ON public.certification_incident FOR EACH ROW EXECUTE FUNCTION public.certification_incident_edges();
CREATE TRIGGER certification_incidentreply_append_only BEFORE DELETE OR UPDATE ON public.certification_incidentreply FOR EACH ROW EXECUTE FUNCTION public.certification_incidentreply_append_only();
CREATE TRIGGER certification_incidentreply_append_only_all BEFORE TRUNCATE ON public.certification_incidentreply FOR EACH STATEMENT EXECUTE FUNCTION public.certification_incidentreply_append_only();
CREATE TRIGGER certification_interpretation_edges BEFORE INSERT OR UPDATE ON public.certification_interpretation FOR EACH ROW EXECUTE FUNCTION public.certification_interpretation_edges();
CREATE TRIGGER certification_leaving_edges BEFORE INSERT OR UPDATE ON public.certification_leaving FOR EACH ROW EXECUTE FUNCTION public.certification_leaving_edges();
CREATE TRIGGER certification_letter_edges BEFORE INSERT OR UPDATE ON public.certification_letter FOR EACH ROW EXECUTE FUNCTION public.certification_letter_edges();
CREATE TRIGGER certification_letter_fixed BEFORE UPDATE ON public.certification_letter FOR EACH ROW EXECUTE FUNCTION public.certification_letter_is_fixed();
CREATE TRIGGER certification_letter_never_emptied BEFORE TRUNCATE ON public.certification_letter FOR EACH STATEMENT EXECUTE FUNCTION public.certification_letter_never_emptied();
CREATE TRIGGER certification_majorchange_edges BEFORE INSERT OR UPDATE ON public.certification_majorchange FOR EACH ROW EXECUTE FUNCTION public.certification_majorchange_edges();
CREATE TRIGGER certification_meeting_edges BEFORE INSERT OR UPDATE ON public.certification_meeting FOR EACH ROW EXECUTE FUNCTION public.certification_meeting_edges();
CREATE TRIGGER certification_objection_edges BEFORE INSERT OR UPDATE ON public.certification_objection FOR EACH ROW EXECUTE FUNCTION public.certification_objection_edges();
CREATE TRIGGER certification_overlay_edges BEFORE INSERT OR UPDATE ON public.certification_overlay FOR EACH ROW EXECUTE FUNCTION public.certification_overlay_edges();
CREATE TRIGGER certification_overlay_immutable BEFORE DELETE OR UPDATE ON public.certification_overlay FOR EACH ROW EXECUTE FUNCTION public.certification_rule_text_is_immutable();
CREATE TRIGGER certification_overlay_never_emptied BEFORE TRUNCATE ON public.certification_overlay FOR EACH STATEMENT EXECUTE FUNCTION public.certification_overlay_never_emptied();
CREATE TRIGGER certification_posting_edges BEFORE INSERT OR UPDATE ON public.certification_posting FOR EACH ROW EXECUTE FUNCTION public.certification_posting_edges();
CREATE TRIGGER certification_recommendationdraft_edges BEFORE INSERT OR UPDATE ON public.certification_recommendationdraft FOR EACH ROW EXECUTE FUNCTION public.certification_recommendationdraft_edges();
CREATE TRIGGER certification_reconsideration_edges BEFORE INSERT OR UPDATE ON public.certification_reconsideration FOR EACH ROW EXECUTE FUNCTION public.certification_reconsideration_edges();
CREATE TRIGGER certification_reminder_append_only BEFORE DELETE OR UPDATE ON public.certification_reminder FOR EACH ROW EXECUTE FUNCTION public.certification_reminder_append_only();
CREATE TRIGGER certification_reminder_append_only_all BEFORE TRUNCATE ON public.certification_reminder FOR EACH STATEMENT EXECUTE FUNCTION public.certification_reminder_append_only();
CREATE TRIGGER certification_restoration_append_only BEFORE DELETE OR UPDATE ON public.certification_restoration FOR EACH ROW EXECUTE FUNCTION public.certification_restoration_append_only();
CREATE TRIGGER certification_restoration_append_only_all BEFORE TRUNCATE ON public.certification_restoration FOR EACH STATEMENT EXECUTE FUNCTION public.certification_restoration_append_only();
CREATE TRIGGER certification_round_edges BEFORE INSERT OR UPDATE ON public.certification_round FOR EACH ROW EXECUTE FUNCTION public.certification_round_edges();
CREATE TRIGGER certification_ruleset_edges BEFORE INSERT OR UPDATE ON public.certification_ruleset FOR EACH ROW EXECUTE FUNCTION public.certification_ruleset_edges();
CREATE TRIGGER certification_ruleset_immutable BEFORE DELETE OR UPDATE ON public.certification_ruleset FOR EACH ROW EXECUTE FUNCTION public.certification_rule_text_is_immutable();
CREATE TRIGGER certification_ruleset_never_emptied BEFORE TRUNCATE ON public.certification_ruleset FOR EACH STATEMENT EXECUTE FUNCTION public.certification_ruleset_never_emptied();
CREATE TRIGGER certification_score_append_only BEFORE DELETE OR UPDATE ON public.certification_score FOR EACH ROW EXECUTE FUNCTION public.certification_score_append_only();
CREATE TRIGGER certification_score_append_only_all BEFORE TRUNCATE ON public.certification_score FOR EACH STATEMENT EXECUTE FUNCTION public.certification_score_append_only();
CREATE TRIGGER certification_signoff_append_only BEFORE DELETE OR UPDATE ON public.certification_signoff FOR EACH ROW EXECUTE FUNCTION public.certification_signoff_append_only();
CREATE TRIGGER certification_signoff_append_only_all BEFORE TRUNCATE ON public.certification_signoff FOR EACH STATEMENT EXECUTE FUNCTION public.certification_signoff_append_only();
CREATE TRIGGER certification_termextension_edges BEFORE INSERT OR UPDATE ON public.certification_termextension FOR EACH ROW EXECUTE FUNCTION public.certification_termextension_edges();
CREATE TRIGGER certification_visit_edges BEFORE INSERT OR UPDATE ON public.certification_visit FOR EACH ROW EXECUTE FUNCTION public.certification_visit_edges();
CREATE TRIGGER enterprises_annualreport_touch_delete AFTER DELETE ON public.enterprises_annualreport REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_annualreport_touch();
CREATE TRIGGER enterprises_annualreport_touch_insert AFTER INSERT ON public.enterprises_annualreport REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_annualreport_touch();
CREATE TRIGGER enterprises_annualreport_touch_update AFTER UPDATE ON public.enterprises_annualreport REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_annualreport_touch();
CREATE TRIGGER enterprises_award_touch_delete AFTER DELETE ON public.enterprises_award REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_award_touch();
CREATE TRIGGER enterprises_award_touch_insert AFTER INSERT ON public.enterprises_award REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_award_touch();
CREATE TRIGGER enterprises_award_touch_update AFTER UPDATE ON public.enterprises_award REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_award_touch();
CREATE TRIGGER enterprises_contest_touch_delete AFTER DELETE ON public.enterprises_contest REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_contest_touch();
CREATE TRIGGER enterprises_contest_touch_insert AFTER INSERT ON public.enterprises_contest REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_contest_touch();
CREATE TRIGGER enterprises_contest_touch_update AFTER UPDATE ON public.enterprises_contest REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_contest_touch();
CREATE TRIGGER enterprises_figure_touch_delete AFTER DELETE ON public.enterprises_figure REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_figure_touch();
CREATE TRIGGER enterprises_figure_touch_insert AFTER INSERT ON public.enterprises_figure REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_figure_touch();
CREATE TRIGGER enterprises_figure_touch_update AFTER UPDATE ON public.enterprises_figure REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_figure_touch();
CREATE TRIGGER enterprises_financing_touch_delete AFTER DELETE ON public.enterprises_financing REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_financing_touch();
CREATE TRIGGER enterprises_financing_touch_insert AFTER INSERT ON public.enterprises_financing REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_financing_touch();
CREATE TRIGGER enterprises_financing_touch_update AFTER UPDATE ON public.enterprises_financing REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_financing_touch();
CREATE TRIGGER enterprises_formerbody_append_only BEFORE DELETE OR UPDATE ON public.enterprises_formerbody FOR EACH ROW EXECUTE FUNCTION public.enterprises_formerbody_append_only();
CREATE TRIGGER enterprises_formerbody_append_only_all BEFORE TRUNCATE ON public.enterprises_formerbody FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_formerbody_append_only();
CREATE TRIGGER enterprises_honour_touch_delete AFTER DELETE ON public.enterprises_honour REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_honour_touch();
CREATE TRIGGER enterprises_honour_touch_insert AFTER INSERT ON public.enterprises_honour REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_honour_touch();
CREATE TRIGGER enterprises_honour_touch_update AFTER UPDATE ON public.enterprises_honour REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_honour_touch();
CREATE TRIGGER enterprises_intellectualproperty_touch_delete AFTER DELETE ON public.enterprises_intellectualproperty REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_intellectualproperty_touch();
CREATE TRIGGER enterprises_intellectualproperty_touch_insert AFTER INSERT ON public.enterprises_intellectualproperty REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_intellectualproperty_touch();
CREATE TRIGGER enterprises_intellectualproperty_touch_update AFTER UPDATE ON public.enterprises_intellectualproperty REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_intellectualproperty_touch();
CREATE TRIGGER enterprises_managementcertificate_touch_delete AFTER DELETE ON public.enterprises_managementcertificate REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_managementcertificate_touch();
CREATE TRIGGER enterprises_managementcertificate_touch_insert AFTER INSERT ON public.enterprises_managementcertificate REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_managementcertificate_touch();
CREATE TRIGGER enterprises_managementcertificate_touch_update AFTER UPDATE ON public.enterprises_managementcertificate REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_managementcertificate_touch();
CREATE TRIGGER enterprises_outsidetitle_touch_delete AFTER DELETE ON public.enterprises_outsidetitle REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_outsidetitle_touch();
CREATE TRIGGER enterprises_outsidetitle_touch_insert AFTER INSERT ON public.enterprises_outsidetitle REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_outsidetitle_touch();
CREATE TRIGGER enterprises_outsidetitle_touch_update AFTER UPDATE ON public.enterprises_outsidetitle REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_outsidetitle_touch();
CREATE TRIGGER enterprises_rdinstitution_touch_delete AFTER DELETE ON public.enterprises_rdinstitution REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_rdinstitution_touch();
CREATE TRIGGER enterprises_rdinstitution_touch_insert AFTER INSERT ON public.enterprises_rdinstitution REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_rdinstitution_touch();
CREATE TRIGGER enterprises_rdinstitution_touch_update AFTER UPDATE ON public.enterprises_rdinstitution REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_rdinstitution_touch();
CREATE TRIGGER enterprises_statement_touch_delete AFTER DELETE ON public.enterprises_statement REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_statement_touch();
CREATE TRIGGER enterprises_statement_touch_insert AFTER INSERT ON public.enterprises_statement REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_statement_touch();
CREATE TRIGGER enterprises_statement_touch_update AFTER UPDATE ON public.enterprises_statement REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_statement_touch();
CREATE TRIGGER enterprises_takeover_append_only BEFORE DELETE OR UPDATE ON public.enterprises_takeover FOR EACH ROW EXECUTE FUNCTION public.enterprises_takeover_append_only();
CREATE TRIGGER enterprises_takeover_append_only_all BEFORE TRUNCATE ON public.enterprises_takeover FOR EACH STATEMENT EXECUTE FUNCTION public.enterprises_takeover_append_only();
CREATE TRIGGER incentives_entitlement_edges BEFORE INSERT OR UPDATE ON public.incentives_entitlement FOR EACH ROW EXECUTE FUNCTION public.incentives_entitlement_edges();
CREATE TRIGGER mailroom_message_never_emptied BEFORE TRUNCATE ON public.mailroom_message FOR EACH STATEMENT EXECUTE FUNCTION public.mailroom_message_never_emptied();
CREATE TRIGGER mailroom_proof_append_only BEFORE DELETE OR UPDATE ON public.mailroom_proof FOR EACH ROW EXECUTE FUNCTION public.mailroom_proof_append_only();
CREATE TRIGGER mailroom_proof_append_only_all BEFORE TRUNCATE ON public.mailroom_proof FOR EACH STATEMENT EXECUTE FUNCTION public.mailroom_proof_append_only();
CREATE TRIGGER mailroom_served_stays BEFORE DELETE OR UPDATE ON public.mailroom_message FOR EACH ROW EXECUTE FUNCTION public.mailroom_served_stays();
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_office
    ADD CONSTRAINT accounts_office_body_id_a875a35d_fk_regions_r FOREIGN KEY (body_id) REFERENCES public.regions_recommendingbody(path) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_post
    ADD CONSTRAINT accounts_post_office_id_cea8b97b_fk_accounts_office_id FOREIGN KEY (office_id) REFERENCES public.accounts_office(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_post
    ADD CONSTRAINT accounts_post_user_id_ecf3e197_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_group_id_bd11a704_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_user_id_52b62117_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_p_permission_id_113bb443_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_p_user_id_e4f0a161_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_agendaitem
    ADD CONSTRAINT certification_agenda_application_id_d1d51e2c_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_agendaitem
    ADD CONSTRAINT certification_agenda_meeting_id_8d945256_fk_certifica FOREIGN KEY (meeting_id) REFERENCES public.certification_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_announcementdraft
    ADD CONSTRAINT certification_announ_announcement_id_af55fd48_fk_certifica FOREIGN KEY (announcement_id) REFERENCES public.certification_announcement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_announcementline
    ADD CONSTRAINT certification_announ_application_id_cfb0750e_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_announcementdraft
    ADD CONSTRAINT certification_announ_call_id_3a31a95c_fk_certifica FOREIGN KEY (call_id) REFERENCES public.certification_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_announcement
    ADD CONSTRAINT certification_announ_call_id_a1ddea83_fk_certifica FOREIGN KEY (call_id) REFERENCES public.certification_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_announcementline
    ADD CONSTRAINT certification_announ_draft_id_42e4af27_fk_certifica FOREIGN KEY (draft_id) REFERENCES public.certification_announcementdraft(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_announcementdraft
    ADD CONSTRAINT certification_announ_drafted_by_id_b2d0658b_fk_accounts_ FOREIGN KEY (drafted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_announcementdraft
    ADD CONSTRAINT certification_announ_signed_by_id_e2f2bfa7_fk_accounts_ FOREIGN KEY (signed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_announcement
    ADD CONSTRAINT certification_announcement_by_id_911140d4_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_application
    ADD CONSTRAINT certification_applic_call_id_b446f64c_fk_certifica FOREIGN KEY (call_id) REFERENCES public.certification_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_application
    ADD CONSTRAINT certification_applic_enterprise_id_37b49042_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_application
    ADD CONSTRAINT certification_applic_saved_by_id_140aeae7_fk_accounts_ FOREIGN KEY (saved_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_assignment
    ADD CONSTRAINT certification_assign_case_id_5ef9f440_fk_certifica FOREIGN KEY (case_id) REFERENCES public.certification_roundcase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_assignment
    ADD CONSTRAINT certification_assign_expert_id_e2a45cca_fk_certifica FOREIGN KEY (expert_id) REFERENCES public.certification_expert(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_assignment
    ADD CONSTRAINT certification_assign_round_id_907b8c68_fk_certifica FOREIGN KEY (round_id) REFERENCES public.certification_round(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_assistancenote
    ADD CONSTRAINT certification_assist_assistance_id_abd6add3_fk_certifica FOREIGN KEY (assistance_id) REFERENCES public.certification_assistance(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_assistance
    ADD CONSTRAINT certification_assist_certificate_id_1e9a4a9f_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_assistance
    ADD CONSTRAINT certification_assist_enterprise_id_87380f49_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_assistancenote
    ADD CONSTRAINT certification_assist_enterprise_id_ced8102d_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_assistance
    ADD CONSTRAINT certification_assist_finding_id_6cbc0daa_fk_certifica FOREIGN KEY (finding_id) REFERENCES public.certification_finding(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_assistance
    ADD CONSTRAINT certification_assist_incident_id_3a20c55a_fk_certifica FOREIGN KEY (incident_id) REFERENCES public.certification_incident(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_assistancenote
    ADD CONSTRAINT certification_assistancenote_by_id_76da49b8_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_ballot
    ADD CONSTRAINT certification_ballot_item_id_0e2fd42b_fk_certifica FOREIGN KEY (item_id) REFERENCES public.certification_agendaitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_ballot
    ADD CONSTRAINT certification_ballot_member_id_80e9dbb7_fk_certifica FOREIGN KEY (member_id) REFERENCES public.certification_meetingmember(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_blindpaper
    ADD CONSTRAINT certification_blindp_approved_by_id_fc72b678_fk_accounts_ FOREIGN KEY (approved_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_blindpaper
    ADD CONSTRAINT certification_blindp_case_id_6334c480_fk_certifica FOREIGN KEY (case_id) REFERENCES public.certification_roundcase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_blindpaper
    ADD CONSTRAINT certification_blindp_redacted_by_id_34c4f98e_fk_accounts_ FOREIGN KEY (redacted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_call
    ADD CONSTRAINT certification_call_rule_set_id_19027b45_fk_certifica FOREIGN KEY (rule_set_id) REFERENCES public.certification_ruleset(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_certificate
    ADD CONSTRAINT certification_certif_announcement_id_5810a707_fk_certifica FOREIGN KEY (announcement_id) REFERENCES public.certification_announcement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_certificate
    ADD CONSTRAINT certification_certif_application_id_dcf83b33_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_certificate
    ADD CONSTRAINT certification_certif_enterprise_id_c5c62b41_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_certificate
    ADD CONSTRAINT certification_certif_kept_open_by_id_fe5e2e65_fk_certifica FOREIGN KEY (kept_open_by_id) REFERENCES public.certification_continuationruling(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_cohort
    ADD CONSTRAINT certification_cohort_built_by_id_a5fc83f8_fk_accounts_user_id FOREIGN KEY (built_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_cohort
    ADD CONSTRAINT certification_cohort_call_id_a86dcacc_fk_certification_call_id FOREIGN KEY (call_id) REFERENCES public.certification_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_cohorttitle
    ADD CONSTRAINT certification_cohort_certificate_id_0a21e551_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_cohorttitle
    ADD CONSTRAINT certification_cohort_cohort_id_bd77d716_fk_certifica FOREIGN KEY (cohort_id) REFERENCES public.certification_cohort(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_cohorttitle
    ADD CONSTRAINT certification_cohort_enterprise_id_7b0af0df_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_confirmation
    ADD CONSTRAINT certification_confir_confirmed_by_id_40d117e1_fk_accounts_ FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_consultation
    ADD CONSTRAINT certification_consul_answered_by_id_227d4258_fk_accounts_ FOREIGN KEY (answered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_consultation
    ADD CONSTRAINT certification_consul_application_id_d720fcb4_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_consultation
    ADD CONSTRAINT certification_consul_enterprise_id_dd5596f7_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_consultation
    ADD CONSTRAINT certification_consul_office_id_2971da08_fk_accounts_ FOREIGN KEY (office_id) REFERENCES public.accounts_office(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_continuationruling
    ADD CONSTRAINT certification_contin_by_id_4cea718d_fk_accounts_ FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_correction
    ADD CONSTRAINT certification_correc_application_id_092dbc39_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_correction
    ADD CONSTRAINT certification_correc_enterprise_id_084ab593_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_correction
    ADD CONSTRAINT certification_correc_opened_by_id_66c56813_fk_accounts_ FOREIGN KEY (opened_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_cover
    ADD CONSTRAINT certification_cover_absent_id_29b84bc1_fk_accounts_user_id FOREIGN KEY (absent_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_cover
    ADD CONSTRAINT certification_cover_deputy_id_41a5ed64_fk_accounts_user_id FOREIGN KEY (deputy_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_dayruling
    ADD CONSTRAINT certification_dayruling_by_id_6eef355b_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_drawline
    ADD CONSTRAINT certification_drawli_case_id_d8f1554d_fk_certifica FOREIGN KEY (case_id) REFERENCES public.certification_roundcase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_drawline
    ADD CONSTRAINT certification_drawli_expert_id_e2d58f86_fk_certifica FOREIGN KEY (expert_id) REFERENCES public.certification_expert(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_exit
    ADD CONSTRAINT certification_exit_certificate_id_49feaf63_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_exit
    ADD CONSTRAINT certification_exit_decided_by_id_f16fe893_fk_accounts_user_id FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_exit
    ADD CONSTRAINT certification_exit_deliberated_by_id_ac900653_fk_accounts_ FOREIGN KEY (deliberated_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_exit
    ADD CONSTRAINT certification_exit_enterprise_id_dd058454_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_exit
    ADD CONSTRAINT certification_exit_incident_id_b67ba5f4_fk_certifica FOREIGN KEY (incident_id) REFERENCES public.certification_incident(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_exit
    ADD CONSTRAINT certification_exit_opened_by_id_4961c581_fk_accounts_user_id FOREIGN KEY (opened_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_exit
    ADD CONSTRAINT certification_exit_set_aside_by_id_801b6883_fk_accounts_user_id FOREIGN KEY (set_aside_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_exitreply
    ADD CONSTRAINT certification_exitre_enterprise_id_1d277baa_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_exitreply
    ADD CONSTRAINT certification_exitre_evidence_id_c7f517ae_fk_enterpris FOREIGN KEY (evidence_id) REFERENCES public.enterprises_evidence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_exitreply
    ADD CONSTRAINT certification_exitre_exit_id_c8950bb1_fk_certifica FOREIGN KEY (exit_id) REFERENCES public.certification_exit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_exitreply
    ADD CONSTRAINT certification_exitreply_by_id_50d779e3_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_expert
    ADD CONSTRAINT certification_expert_user_id_026b65f4_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_extension
    ADD CONSTRAINT certification_extens_call_id_d0cc7a4e_fk_certifica FOREIGN KEY (call_id) REFERENCES public.certification_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_extension
    ADD CONSTRAINT certification_extens_signed_by_id_0e2a9f9b_fk_accounts_ FOREIGN KEY (signed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_finding
    ADD CONSTRAINT certification_findin_certificate_id_bd7375fe_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_handling
    ADD CONSTRAINT certification_handli_application_id_31ec94ea_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_handling
    ADD CONSTRAINT certification_handli_enterprise_id_ef9b3bf2_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_handling
    ADD CONSTRAINT certification_handling_user_id_4a523f96_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_highlight
    ADD CONSTRAINT certification_highli_application_id_be084d85_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_highlight
    ADD CONSTRAINT certification_highli_enterprise_id_eafea14c_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_highlight
    ADD CONSTRAINT certification_highlight_by_id_4cb38400_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_incident
    ADD CONSTRAINT certification_incide_confirmed_by_id_764b705c_fk_accounts_ FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_incidentreply
    ADD CONSTRAINT certification_incide_enterprise_id_02b3345c_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_incident
    ADD CONSTRAINT certification_incide_enterprise_id_31ab0dfc_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_incidentreply
    ADD CONSTRAINT certification_incide_evidence_id_f2f7df6f_fk_enterpris FOREIGN KEY (evidence_id) REFERENCES public.enterprises_evidence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_incidentreply
    ADD CONSTRAINT certification_incide_incident_id_619b0b61_fk_certifica FOREIGN KEY (incident_id) REFERENCES public.certification_incident(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_incident
    ADD CONSTRAINT certification_incide_reported_by_id_63336fb1_fk_accounts_ FOREIGN KEY (reported_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_incidentreply
    ADD CONSTRAINT certification_incidentreply_by_id_f7f77144_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_interpretation
    ADD CONSTRAINT certification_interp_asked_by_id_90e1e71a_fk_accounts_ FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_judgement
    ADD CONSTRAINT certification_judgem_certificate_id_f6a26fc3_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_judgement
    ADD CONSTRAINT certification_judgem_cycle_id_538ae64e_fk_certifica FOREIGN KEY (cycle_id) REFERENCES public.certification_cycle(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_leaving
    ADD CONSTRAINT certification_leavin_certificate_id_16ba4d1e_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_leaving
    ADD CONSTRAINT certification_leavin_enterprise_id_84def0b8_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_leaving
    ADD CONSTRAINT certification_leaving_asked_by_id_9eecccde_fk_accounts_user_id FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_letter
    ADD CONSTRAINT certification_letter_application_id_fb2637ec_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_letter
    ADD CONSTRAINT certification_letter_edited_by_id_a044c8d5_fk_accounts_user_id FOREIGN KEY (edited_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_letter
    ADD CONSTRAINT certification_letter_enterprise_id_aaed545b_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_letter
    ADD CONSTRAINT certification_letter_signed_by_id_176075d8_fk_accounts_user_id FOREIGN KEY (signed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_look
    ADD CONSTRAINT certification_look_application_id_66d78389_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_look
    ADD CONSTRAINT certification_look_enterprise_id_311ef4e5_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_look
    ADD CONSTRAINT certification_look_user_id_e371eec5_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_majorchange
    ADD CONSTRAINT certification_majorc_enterprise_id_32f34915_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_majorchange
    ADD CONSTRAINT certification_majorc_evidence_id_333e53c9_fk_enterpris FOREIGN KEY (evidence_id) REFERENCES public.enterprises_evidence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_majorchange
    ADD CONSTRAINT certification_majorc_reported_by_id_0ee4bbe1_fk_accounts_ FOREIGN KEY (reported_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_meetingmember
    ADD CONSTRAINT certification_meetin_meeting_id_b8894845_fk_certifica FOREIGN KEY (meeting_id) REFERENCES public.certification_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_meetingmember
    ADD CONSTRAINT certification_meetin_user_id_a5a8c6b7_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_meeting
    ADD CONSTRAINT certification_meeting_call_id_4874a5af_fk_certification_call_id FOREIGN KEY (call_id) REFERENCES public.certification_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_objection
    ADD CONSTRAINT certification_object_answered_by_id_bcb05ac3_fk_accounts_ FOREIGN KEY (answered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_objection
    ADD CONSTRAINT certification_object_application_id_1e4c6fde_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_objectionpaper
    ADD CONSTRAINT certification_object_objection_id_691ceadb_fk_certifica FOREIGN KEY (objection_id) REFERENCES public.certification_objection(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_objection
    ADD CONSTRAINT certification_object_posting_id_64edeb89_fk_certifica FOREIGN KEY (posting_id) REFERENCES public.certification_posting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_objection
    ADD CONSTRAINT certification_object_taken_up_by_id_31c18999_fk_accounts_ FOREIGN KEY (taken_up_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_opinion
    ADD CONSTRAINT certification_opinio_application_id_afd5c23d_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_opinion
    ADD CONSTRAINT certification_opinio_enterprise_id_9bf48d8b_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_opinion
    ADD CONSTRAINT certification_opinion_by_id_b541eb5e_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_outcome
    ADD CONSTRAINT certification_outcom_certificate_id_5e2d526f_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_outcome
    ADD CONSTRAINT certification_outcom_cycle_id_f3c8cb76_fk_certifica FOREIGN KEY (cycle_id) REFERENCES public.certification_cycle(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_overlay
    ADD CONSTRAINT certification_overla_drafted_by_id_ac6ecb53_fk_accounts_ FOREIGN KEY (drafted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_overlay
    ADD CONSTRAINT certification_overla_published_by_id_123a1fed_fk_accounts_ FOREIGN KEY (published_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_override
    ADD CONSTRAINT certification_overri_application_id_40354db3_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_override
    ADD CONSTRAINT certification_overri_enterprise_id_2e1500b0_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_override
    ADD CONSTRAINT certification_overri_signed_by_id_0d997ef8_fk_accounts_ FOREIGN KEY (signed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_override
    ADD CONSTRAINT certification_override_asked_by_id_e1cc003a_fk_accounts_user_id FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_pause
    ADD CONSTRAINT certification_pause_application_id_30224514_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_pause
    ADD CONSTRAINT certification_pause_by_id_74660996_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_pause
    ADD CONSTRAINT certification_pause_enterprise_id_b3dfced7_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_postingitem
    ADD CONSTRAINT certification_postin_application_id_8ae6c0ad_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_posting
    ADD CONSTRAINT certification_postin_drafted_by_id_3c0d9280_fk_accounts_ FOREIGN KEY (drafted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_posting
    ADD CONSTRAINT certification_postin_meeting_id_981b094d_fk_certifica FOREIGN KEY (meeting_id) REFERENCES public.certification_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_postingitem
    ADD CONSTRAINT certification_postin_posting_id_d7ef72c0_fk_certifica FOREIGN KEY (posting_id) REFERENCES public.certification_posting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_posting
    ADD CONSTRAINT certification_posting_call_id_72401c9d_fk_certification_call_id FOREIGN KEY (call_id) REFERENCES public.certification_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_recommendationline
    ADD CONSTRAINT certification_recomm_application_id_8d204f65_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_recommendationdraft
    ADD CONSTRAINT certification_recomm_call_id_1b92d480_fk_certifica FOREIGN KEY (call_id) REFERENCES public.certification_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_recommendationline
    ADD CONSTRAINT certification_recomm_draft_id_8a1d2b9b_fk_certifica FOREIGN KEY (draft_id) REFERENCES public.certification_recommendationdraft(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_recommendationdraft
    ADD CONSTRAINT certification_recomm_drafted_by_id_a7929115_fk_accounts_ FOREIGN KEY (drafted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_reconsideration
    ADD CONSTRAINT certification_recons_application_id_1d8fee90_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_reconsideration
    ADD CONSTRAINT certification_recons_enterprise_id_af64b1fe_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_reconsideration
    ADD CONSTRAINT certification_recons_handled_by_id_fb9a389b_fk_accounts_ FOREIGN KEY (handled_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_reconsideration
    ADD CONSTRAINT certification_recons_letter_id_558405a7_fk_certifica FOREIGN KEY (letter_id) REFERENCES public.certification_letter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_reconsideration
    ADD CONSTRAINT certification_recons_requested_by_id_e63c7407_fk_accounts_ FOREIGN KEY (requested_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_reminder
    ADD CONSTRAINT certification_remind_enterprise_id_a7333f8a_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_restoration
    ADD CONSTRAINT certification_restor_certificate_id_37368688_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_restoration
    ADD CONSTRAINT certification_restor_exit_id_0417b8c2_fk_certifica FOREIGN KEY (exit_id) REFERENCES public.certification_exit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_roundcase
    ADD CONSTRAINT certification_roundc_application_id_b9631fde_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_roundcase
    ADD CONSTRAINT certification_roundc_round_id_84c53a47_fk_certifica FOREIGN KEY (round_id) REFERENCES public.certification_round(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_ruleset
    ADD CONSTRAINT certification_rulese_drafted_by_id_e18cff4e_fk_accounts_ FOREIGN KEY (drafted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_ruleset
    ADD CONSTRAINT certification_rulese_published_by_id_258ccd19_fk_accounts_ FOREIGN KEY (published_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_savedview
    ADD CONSTRAINT certification_savedview_user_id_b5ec3c4d_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_score
    ADD CONSTRAINT certification_score_assignment_id_57593c9e_fk_certifica FOREIGN KEY (assignment_id) REFERENCES public.certification_assignment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_signoff
    ADD CONSTRAINT certification_signof_application_id_7b7fdd7f_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_signoff
    ADD CONSTRAINT certification_signof_enterprise_id_7d04071f_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_signoff
    ADD CONSTRAINT certification_signoff_by_id_9b7bba76_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_snapshot
    ADD CONSTRAINT certification_snapsh_enterprise_id_336f171d_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_submission
    ADD CONSTRAINT certification_submis_application_id_f13fe383_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_submission
    ADD CONSTRAINT certification_submis_enterprise_id_0f372bf2_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_submission
    ADD CONSTRAINT certification_submis_submitted_by_id_2b42574e_fk_accounts_ FOREIGN KEY (submitted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_termextension
    ADD CONSTRAINT certification_termex_signed_by_id_b9625805_fk_accounts_ FOREIGN KEY (signed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_verdict
    ADD CONSTRAINT certification_verdic_application_id_bb923df6_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_verdict
    ADD CONSTRAINT certification_verdic_carried_from_id_6cc7810e_fk_certifica FOREIGN KEY (carried_from_id) REFERENCES public.certification_verdict(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_verdict
    ADD CONSTRAINT certification_verdic_enterprise_id_7ed4268e_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_verdict
    ADD CONSTRAINT certification_verdict_by_id_f830420f_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_visit
    ADD CONSTRAINT certification_visit_application_id_b69e4c3a_fk_certifica FOREIGN KEY (application_id) REFERENCES public.certification_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_visit
    ADD CONSTRAINT certification_visit_enterprise_id_b57ef9c9_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_visit
    ADD CONSTRAINT certification_visit_sample_id_cd1d08a2_fk_certifica FOREIGN KEY (sample_id) REFERENCES public.certification_visitsample(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_visit
    ADD CONSTRAINT certification_visit_signed_by_id_ea630c25_fk_accounts_user_id FOREIGN KEY (signed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_visitline
    ADD CONSTRAINT certification_visitl_enterprise_id_014d4254_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_visitline
    ADD CONSTRAINT certification_visitl_visit_id_f0ddb5a8_fk_certifica FOREIGN KEY (visit_id) REFERENCES public.certification_visit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_visitphoto
    ADD CONSTRAINT certification_visitp_enterprise_id_037f146b_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_visitphoto
    ADD CONSTRAINT certification_visitp_visit_id_b355ec3f_fk_certifica FOREIGN KEY (visit_id) REFERENCES public.certification_visit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_visitsample
    ADD CONSTRAINT certification_visits_call_id_553f71e2_fk_certifica FOREIGN KEY (call_id) REFERENCES public.certification_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.certification_visitsample
    ADD CONSTRAINT certification_visitsample_by_id_16ab9beb_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_p_clocked_id_47a69f82_fk_django_ce FOREIGN KEY (clocked_id) REFERENCES public.django_celery_beat_clockedschedule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_p_crontab_id_d3cba168_fk_django_ce FOREIGN KEY (crontab_id) REFERENCES public.django_celery_beat_crontabschedule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_p_interval_id_a8ca27da_fk_django_ce FOREIGN KEY (interval_id) REFERENCES public.django_celery_beat_intervalschedule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_p_solar_id_a87ce72c_fk_django_ce FOREIGN KEY (solar_id) REFERENCES public.django_celery_beat_solarschedule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_annualreport
    ADD CONSTRAINT enterprises_annualre_confirmed_by_id_02b7fec7_fk_accounts_ FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_annualreport
    ADD CONSTRAINT enterprises_annualre_enterprise_id_52f1e6c1_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_annualreport
    ADD CONSTRAINT enterprises_annualre_platform_noted_by_id_25319bde_fk_accounts_ FOREIGN KEY (platform_noted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_annualreport
    ADD CONSTRAINT enterprises_annualre_platform_paper_id_33120d37_fk_enterpris FOREIGN KEY (platform_paper_id) REFERENCES public.enterprises_evidence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_award
    ADD CONSTRAINT enterprises_award_enterprise_id_ee017ec9_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_award
    ADD CONSTRAINT enterprises_award_evidence_id_1a15261f_fk_enterpris FOREIGN KEY (evidence_id) REFERENCES public.enterprises_evidence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_contest
    ADD CONSTRAINT enterprises_contest_enterprise_id_e3db6b3e_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_contest
    ADD CONSTRAINT enterprises_contest_evidence_id_9ad38322_fk_enterpris FOREIGN KEY (evidence_id) REFERENCES public.enterprises_evidence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_evidence
    ADD CONSTRAINT enterprises_evidence_enterprise_id_764a52ca_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_evidence
    ADD CONSTRAINT enterprises_evidence_uploaded_by_id_c9c4f405_fk_accounts_ FOREIGN KEY (uploaded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_figure
    ADD CONSTRAINT enterprises_figure_by_id_656bc6cb_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_figure
    ADD CONSTRAINT enterprises_figure_enterprise_id_7ff91694_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_figure
    ADD CONSTRAINT enterprises_figure_evidence_id_b27fc997_fk_enterpris FOREIGN KEY (evidence_id) REFERENCES public.enterprises_evidence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_figureentry
    ADD CONSTRAINT enterprises_figureen_enterprise_id_b9dba2e4_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_figureentry
    ADD CONSTRAINT enterprises_figureen_figure_id_ef5702dd_fk_enterpris FOREIGN KEY (figure_id) REFERENCES public.enterprises_figure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_figureentry
    ADD CONSTRAINT enterprises_figureentry_by_id_8abf9426_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_financing
    ADD CONSTRAINT enterprises_financin_enterprise_id_1d9f3217_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_financing
    ADD CONSTRAINT enterprises_financin_evidence_id_328bfd32_fk_enterpris FOREIGN KEY (evidence_id) REFERENCES public.enterprises_evidence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_formerbody
    ADD CONSTRAINT enterprises_formerbo_enterprise_id_d201da04_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_honour
    ADD CONSTRAINT enterprises_honour_enterprise_id_71e2a04f_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_honour
    ADD CONSTRAINT enterprises_honour_evidence_id_a3e1f50a_fk_enterpris FOREIGN KEY (evidence_id) REFERENCES public.enterprises_evidence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_intellectualproperty
    ADD CONSTRAINT enterprises_intellec_enterprise_id_96ad3eb3_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_intellectualproperty
    ADD CONSTRAINT enterprises_intellec_evidence_id_606a4eea_fk_enterpris FOREIGN KEY (evidence_id) REFERENCES public.enterprises_evidence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_managementcertificate
    ADD CONSTRAINT enterprises_manageme_enterprise_id_618617ae_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_managementcertificate
    ADD CONSTRAINT enterprises_manageme_evidence_id_bf515ee0_fk_enterpris FOREIGN KEY (evidence_id) REFERENCES public.enterprises_evidence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_membership
    ADD CONSTRAINT enterprises_membersh_decided_by_id_a8cb8a59_fk_accounts_ FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_membership
    ADD CONSTRAINT enterprises_membersh_enterprise_id_e21aaf60_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_membership
    ADD CONSTRAINT enterprises_membersh_letter_id_1bfedb65_fk_enterpris FOREIGN KEY (letter_id) REFERENCES public.enterprises_evidence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_membership
    ADD CONSTRAINT enterprises_membership_user_id_3b632d49_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_namehistory
    ADD CONSTRAINT enterprises_namehist_enterprise_id_d21cf9a6_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_outsidetitle
    ADD CONSTRAINT enterprises_outsidet_enterprise_id_ef6203ab_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_outsidetitle
    ADD CONSTRAINT enterprises_outsidet_evidence_id_a8502c87_fk_enterpris FOREIGN KEY (evidence_id) REFERENCES public.enterprises_evidence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_rdinstitution
    ADD CONSTRAINT enterprises_rdinstit_enterprise_id_db28b5be_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_rdinstitution
    ADD CONSTRAINT enterprises_rdinstit_evidence_id_2919b5aa_fk_enterpris FOREIGN KEY (evidence_id) REFERENCES public.enterprises_evidence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_statement
    ADD CONSTRAINT enterprises_statemen_enterprise_id_68ff8e25_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_statement
    ADD CONSTRAINT enterprises_statemen_evidence_id_14f6ec13_fk_enterpris FOREIGN KEY (evidence_id) REFERENCES public.enterprises_evidence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_statement
    ADD CONSTRAINT enterprises_statement_by_id_f4d43916_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_takeover
    ADD CONSTRAINT enterprises_takeover_by_id_a775fb33_fk_enterpris FOREIGN KEY (by_id) REFERENCES public.enterprises_membership(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_takeover
    ADD CONSTRAINT enterprises_takeover_enterprise_id_d2a3aef3_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_takeover
    ADD CONSTRAINT enterprises_takeover_replaced_id_2b40dae5_fk_enterpris FOREIGN KEY (replaced_id) REFERENCES public.enterprises_membership(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.enterprises_touched
    ADD CONSTRAINT enterprises_touched_enterprise_id_70b27aa1_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_apiclient
    ADD CONSTRAINT exchange_apiclient_user_id_d0ccf352_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incentives_duty
    ADD CONSTRAINT incentives_duty_measure_id_dbbef9ad_fk_incentives_measure_id FOREIGN KEY (measure_id) REFERENCES public.incentives_measure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incentives_entitlement
    ADD CONSTRAINT incentives_entitleme_certificate_id_7f36c31e_fk_certifica FOREIGN KEY (certificate_id) REFERENCES public.certification_certificate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incentives_entitlement
    ADD CONSTRAINT incentives_entitleme_enterprise_id_882780c1_fk_enterpris FOREIGN KEY (enterprise_id) REFERENCES public.enterprises_enterprise(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incentives_entitlement
    ADD CONSTRAINT incentives_entitleme_item_id_5a1f4d4e_fk_incentive FOREIGN KEY (item_id) REFERENCES public.incentives_measureitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incentives_measureitem
    ADD CONSTRAINT incentives_measureit_channel_by_id_41ad3801_fk_accounts_ FOREIGN KEY (channel_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incentives_measureitem
    ADD CONSTRAINT incentives_measureit_measure_id_0b16f13f_fk_incentive FOREIGN KEY (measure_id) REFERENCES public.incentives_measure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mailroom_choice
    ADD CONSTRAINT mailroom_choice_person_id_7dde0040_fk_accounts_user_id FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mailroom_delivery
    ADD CONSTRAINT mailroom_delivery_digest_id_e3a0322e_fk_mailroom_digest_id FOREIGN KEY (digest_id) REFERENCES public.mailroom_digest(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mailroom_delivery
    ADD CONSTRAINT mailroom_delivery_message_id_1910f93b_fk_mailroom_message_id FOREIGN KEY (message_id) REFERENCES public.mailroom_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mailroom_digest
    ADD CONSTRAINT mailroom_digest_person_id_e4edc40c_fk_accounts_user_id FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mailroom_fallback
    ADD CONSTRAINT mailroom_fallback_message_id_da8e681e_fk_mailroom_message_id FOREIGN KEY (message_id) REFERENCES public.mailroom_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mailroom_message
    ADD CONSTRAINT mailroom_message_recipient_id_2e33ef03_fk_accounts_user_id FOREIGN KEY (recipient_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mailroom_proof
    ADD CONSTRAINT mailroom_proof_message_id_cf3ad868_fk_mailroom_message_id FOREIGN KEY (message_id) REFERENCES public.mailroom_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mailroom_quiethours
    ADD CONSTRAINT mailroom_quiethours_person_id_835b1799_fk_accounts_user_id FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_acce_application_id_b22886e1_fk_exchange_ FOREIGN KEY (application_id) REFERENCES public.exchange_apiclient(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_acce_id_token_id_85db651b_fk_oauth2_pr FOREIGN KEY (id_token_id) REFERENCES public.oauth2_provider_idtoken(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_acce_source_refresh_token_e66fbc72_fk_oauth2_pr FOREIGN KEY (source_refresh_token_id) REFERENCES public.oauth2_provider_refreshtoken(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_accesstoken
    ADD CONSTRAINT oauth2_provider_acce_user_id_6e4c9a65_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_devicegrant
    ADD CONSTRAINT oauth2_provider_devi_user_id_1cec5156_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_grant
    ADD CONSTRAINT oauth2_provider_gran_application_id_81923564_fk_exchange_ FOREIGN KEY (application_id) REFERENCES public.exchange_apiclient(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_grant
    ADD CONSTRAINT oauth2_provider_grant_user_id_e8f62af8_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_idtoken
    ADD CONSTRAINT oauth2_provider_idto_application_id_08c5ff4f_fk_exchange_ FOREIGN KEY (application_id) REFERENCES public.exchange_apiclient(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_idtoken
    ADD CONSTRAINT oauth2_provider_idtoken_user_id_dd512b59_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refr_access_token_id_775e84e8_fk_oauth2_pr FOREIGN KEY (access_token_id) REFERENCES public.oauth2_provider_accesstoken(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refr_application_id_2d1c311b_fk_exchange_ FOREIGN KEY (application_id) REFERENCES public.exchange_apiclient(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oauth2_provider_refreshtoken
    ADD CONSTRAINT oauth2_provider_refr_user_id_da837fce_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.outages_outage
    ADD CONSTRAINT outages_outage_by_id_e6aaf792_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_user_id_af5e0a6d_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE public.certification_agendaitem ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_announcementdraft ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_announcementline ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_application ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_assignment ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_assistance ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_assistancenote ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_ballot ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_blindpaper ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_cohorttitle ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_consultation ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_correction ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_cover ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_drawline ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_exit ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_exitreply ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_expert ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_handling ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_highlight ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_incident ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_incidentreply ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_judgement ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_leaving ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_look ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_majorchange ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_meeting ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_meetingmember ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_objection ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_objectionpaper ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_opinion ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_outcome ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_override ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_pause ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_postingitem ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_recommendationdraft ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_recommendationline ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_reconsideration ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_reminder ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_roundcase ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_score ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_signoff ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_snapshot ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_submission ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_verdict ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_visit ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_visitline ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certification_visitphoto ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_annualreport ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_award ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_contest ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_enterprise ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_evidence ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_figure ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_figureentry ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_financing ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_formerbody ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_honour ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_intellectualproperty ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_managementcertificate ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_namehistory ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_outsidetitle ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_rdinstitution ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_statement ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_takeover ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enterprises_touched ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.exchange_idempotencykey ENABLE ROW LEVEL SECURITY;
CREATE POLICY given ON public.certification_score FOR INSERT WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_agendaitem USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_announcementdraft USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_announcementline USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_application USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_assignment USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_assistance USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_assistancenote USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_ballot USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_blindpaper USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_cohorttitle USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_consultation USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_correction USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_cover USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_drawline USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_exit USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_exitreply USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_expert USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_finding USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_handling USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_highlight USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_incident USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_incidentreply USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_judgement USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_leaving USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_letter USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (((state)::text = 'served'::text) AND (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (((state)::text = 'served'::text) AND (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))));
CREATE POLICY in_sight ON public.certification_look USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_majorchange USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_meeting USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_meetingmember USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_objection USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_objectionpaper USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_opinion USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_outcome USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_override USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_pause USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_postingitem USING ((EXISTS ( SELECT 1
   FROM public.certification_posting p
  WHERE ((p.id = certification_postingitem.posting_id) AND ((p.starts_on IS NOT NULL) OR (((p.region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((p.region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))))))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.certification_posting p
  WHERE ((p.id = certification_postingitem.posting_id) AND ((p.starts_on IS NOT NULL) OR (((p.region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((p.region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))))))));
CREATE POLICY in_sight ON public.certification_recommendationdraft USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_recommendationline USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_reconsideration USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_reminder USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_roundcase USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)))) WITH CHECK ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))));
CREATE POLICY in_sight ON public.certification_signoff USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_snapshot USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_submission USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_verdict USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_visit USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_visitline USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.certification_visitphoto USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.enterprises_annualreport USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_annualreport.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_annualreport.enterprise_id))));
CREATE POLICY in_sight ON public.enterprises_award USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_award.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_award.enterprise_id))));
CREATE POLICY in_sight ON public.enterprises_contest USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_contest.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_contest.enterprise_id))));
CREATE POLICY in_sight ON public.enterprises_enterprise USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.enterprises_evidence USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_evidence.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_evidence.enterprise_id))));
CREATE POLICY in_sight ON public.enterprises_figure USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_figure.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_figure.enterprise_id))));
CREATE POLICY in_sight ON public.enterprises_figureentry USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_figureentry.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_figureentry.enterprise_id))));
CREATE POLICY in_sight ON public.enterprises_financing USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_financing.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_financing.enterprise_id))));
CREATE POLICY in_sight ON public.enterprises_formerbody USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_formerbody.enterprise_id))))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_formerbody.enterprise_id)))));
CREATE POLICY in_sight ON public.enterprises_honour USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_honour.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_honour.enterprise_id))));
CREATE POLICY in_sight ON public.enterprises_intellectualproperty USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_intellectualproperty.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_intellectualproperty.enterprise_id))));
CREATE POLICY in_sight ON public.enterprises_managementcertificate USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_managementcertificate.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_managementcertificate.enterprise_id))));
CREATE POLICY in_sight ON public.enterprises_namehistory USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_namehistory.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_namehistory.enterprise_id))));
CREATE POLICY in_sight ON public.enterprises_outsidetitle USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_outsidetitle.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_outsidetitle.enterprise_id))));
CREATE POLICY in_sight ON public.enterprises_rdinstitution USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_rdinstitution.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_rdinstitution.enterprise_id))));
CREATE POLICY in_sight ON public.enterprises_statement USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_statement.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_statement.enterprise_id))));
CREATE POLICY in_sight ON public.enterprises_takeover USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_takeover.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_takeover.enterprise_id))));
CREATE POLICY in_sight ON public.enterprises_touched USING ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_touched.enterprise_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.enterprises_enterprise e
  WHERE (e.id = enterprises_touched.enterprise_id))));
CREATE POLICY in_sight ON public.exchange_idempotencykey USING ((((principal)::text = NULLIF(current_setting('app.actor'::text, true), ''::text)) OR (COALESCE(current_setting('app.actor'::text, true), ''::text) ~~ 'system:%'::text))) WITH CHECK ((((principal)::text = NULLIF(current_setting('app.actor'::text, true), ''::text)) OR (COALESCE(current_setting('app.actor'::text, true), ''::text) ~~ 'system:%'::text)));
CREATE POLICY in_sight ON public.incentives_entitlement USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.mailroom_fallback USING (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK (((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
CREATE POLICY in_sight ON public.mailroom_message USING ((((recipient_id)::text = current_setting('app.person'::text, true)) OR ((COALESCE(NULLIF((region_path)::text, ''::text), '64'::text) >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND (COALESCE(NULLIF((region_path)::text, ''::text), '64'::text) < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[])))) WITH CHECK ((((recipient_id)::text = current_setting('app.person'::text, true)) OR ((COALESCE(NULLIF((region_path)::text, ''::text), '64'::text) >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND (COALESCE(NULLIF((region_path)::text, ''::text), '64'::text) < NULLIF(current_setting('app.hi'::text, true), ''::text))) OR (enterprise_id = ANY ((COALESCE(NULLIF(current_setting('app.enterprises'::text, true), ''::text), '{}'::text))::bigint[]))));
ALTER TABLE public.incentives_entitlement ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.mailroom_fallback ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.mailroom_message ENABLE ROW LEVEL SECURITY;
CREATE POLICY sealed ON public.certification_score FOR SELECT USING ((((region_path)::text >= NULLIF(current_setting('app.lo'::text, true), ''::text)) AND ((region_path)::text < NULLIF(current_setting('app.hi'::text, true), ''::text)) AND (EXISTS ( SELECT 1
   FROM (public.certification_assignment a
     JOIN public.certification_round r ON ((r.id = a.round_id)))
  WHERE ((a.id = certification_score.assignment_id) AND ((r.state)::text = 'closed'::text))))));
