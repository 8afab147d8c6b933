package fr.interophub.acces;

import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.echange.Dossier;
import fr.interophub.operateur.Contrat;
import fr.interophub.rdv.PlanDeCharge;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a ReponseRdv may say, whoever decides (spec §3.16); and what the hub says when a plan de charge is loaded. */
final class Reponses {

    private static final String TROP_DE_REPORTS = "FRDV01";
    private static final String AUCUNE_PLAGE = "FRDV02";

    /** No motif of the codification says that a notice was not given, or that a reference was used already. */
    static final String AUTRE_MOTIF = "FAUT01";

    private final PlanDeCharge plan;
    private final Contrat.Rdv contrat;
    private final Supplier<String> ids;
    private final Instant now;

    /**
     * @param ids gives a new IdRdv
     */
    Reponses(PlanDeCharge plan, Contrat.Rdv contrat, Supplier<String> ids, Instant now) {
        this.plan = plan;
        this.contrat = contrat;
        this.ids = ids;
        this.now = now;
    }

    /** The code of a motif, and what a person adds to it; empty when there is nothing to add. */
    private record Refus(String motif, String commentaire) {}

    /**
     * The fields of the hub's own answer to a request; the slot that it accepts is reserved.
     *
     * @param rdv the appointment, the request having been noted
     * @return the fields; the motif is a code
     */
    Map<String, String> answer(Dossier rdv, Ligne demande) {
        Optional<Refus> refusal = refusal(rdv);
        Optional<String> taken = refusal.isPresent() ? Optional.empty() : reserve(rdv, demande);
        Refus why = refusal.orElseGet(() -> new Refus(
                AUCUNE_PLAGE,
                dates(demande).stream().allMatch(this::tooEarly) && contrat.prevenance() > 0
                        ? "Délai de prévenance : %d h".formatted(contrat.prevenance())
                        : ""));
        Map<String, String> champs = verdicts(demande, taken.orElse(""));
        if (taken.isPresent()) {
            champs.put(
                    RendezVous.ID,
                    Optional.ofNullable(rdv.references().get(RendezVous.ID)).orElseGet(ids));
        } else {
            champs.put("MotifReponseRdvKo", why.motif());
            champs.put("Commentaire", why.commentaire());
        }
        champs.put("DateReponseRdv", Dates.format(now));
        return champs;
    }

    /** As many KO as slots were asked for, but for the one that is accepted. */
    static Map<String, String> verdicts(Ligne demande, String accepted) {
        Map<String, String> champs = new LinkedHashMap<>();
        champs.put(RendezVous.DEMANDE, demande.get(RendezVous.DEMANDE));
        for (int slot = 1; slot <= RendezVous.CRENEAUX.size(); slot++) {
            String champ = RendezVous.CRENEAUX.get(slot - 1);
            if (slot == 1 || !demande.get(champ).isEmpty()) {
                champs.put("ValidDate" + slot, champ.equals(accepted) ? "OK" : "KO");
            }
        }
        return champs;
    }

    /** The postponement that the contract does not allow any more (spec §3.18). */
    private Optional<Refus> refusal(Dossier rdv) {
        if (!rdv.faits().containsKey(Faits.MODIFICATION)) {
            return Optional.empty();
        }
        int reports = Integer.parseInt(rdv.faits().getOrDefault(Faits.REPORTS, "0"));
        if (contrat.reportsMax() > 0 && reports >= contrat.reportsMax()) {
            return Optional.of(new Refus(TROP_DE_REPORTS, ""));
        }
        return late(rdv, contrat, now)
                ? Optional.of(new Refus(AUTRE_MOTIF, "Préavis : %d jour(s) ouvré(s)".formatted(contrat.preavis())))
                : Optional.empty();
    }

    /** Is the notice that the contract asks for before an appointment over? Working days, Monday to Friday. */
    static boolean late(Dossier rdv, Contrat.Rdv contrat, Instant now) {
        return contrat.preavis() > 0
                && Carnet.date(rdv)
                        .filter(date -> Dates.day(now).isAfter(before(Dates.day(date), contrat.preavis())))
                        .isPresent();
    }

    private static LocalDate before(LocalDate day, int workingDays) {
        LocalDate at = day;
        for (int left = workingDays; left > 0; ) {
            at = at.minusDays(1);
            if (at.getDayOfWeek() != DayOfWeek.SATURDAY && at.getDayOfWeek() != DayOfWeek.SUNDAY) {
                left--;
            }
        }
        return at;
    }

    /** The first slot asked for that is free; the field that asks for it. */
    private Optional<String> reserve(Dossier rdv, Ligne demande) {
        String insee = Faits.insee(rdv.faits().getOrDefault(Faits.LIEU, ""));
        return RendezVous.CRENEAUX.stream()
                .filter(champ -> Dates.parse(demande.get(champ))
                        .filter(date -> !tooEarly(date) && plan.reserve(rdv.id(), insee, date))
                        .isPresent())
                .findFirst();
    }

    private boolean tooEarly(Instant date) {
        return date.isBefore(now.plus(Duration.ofHours(contrat.prevenance())));
    }

    /** The slots that a request asks for, as far as they are dates. */
    static List<Instant> dates(Ligne demande) {
        return RendezVous.CRENEAUX.stream()
                .flatMap(champ -> Dates.parse(demande.get(champ)).stream())
                .toList();
    }

    /** What the SI may leave out: KO for the slots it does not speak of, and the IdRdv that is known. */
    static Ligne complete(Ligne reponse, Dossier rdv) {
        Ligne full = reponse;
        String[] proposes = proposed(rdv);
        for (int slot = 1; slot <= proposes.length; slot++) {
            String champ = "ValidDate" + slot;
            if (!proposes[slot - 1].isEmpty() && full.get(champ).isEmpty() && full.issue() != null) {
                full = full.with(champ, "KO");
            }
        }
        String known = rdv.references().get(RendezVous.ID);
        return known != null
                        && full.issue() == Issue.OK
                        && full.get(RendezVous.ID).isEmpty()
                ? full.with(RendezVous.ID, known)
                : full;
    }

    /** Why the OI may not answer this: one slot at most, of those that were asked for, and the IdRdv does not change. */
    static Optional<Verdict.Ko> refusal(Ligne reponse, Dossier rdv) {
        String[] proposes = proposed(rdv);
        int accepted = 0;
        for (int slot = 1; slot <= RendezVous.CRENEAUX.size(); slot++) {
            String champ = "ValidDate" + slot;
            if (reponse.get(champ).equals("OK")) {
                accepted++;
                boolean asked = slot <= proposes.length && !proposes[slot - 1].isEmpty();
                if (accepted > 1) {
                    return Optional.of(
                            new Verdict.Ko("PLUSIEURS_CRENEAUX", champ, "un seul créneau peut être accepté"));
                }
                if (proposes.length > 0 && !asked) {
                    return Optional.of(new Verdict.Ko("CRENEAU_NON_DEMANDE", champ, "ce créneau n'a pas été demandé"));
                }
            }
        }
        String known = rdv.references().get(RendezVous.ID);
        boolean changed = known != null
                && !reponse.get(RendezVous.ID).isEmpty()
                && !known.equalsIgnoreCase(reponse.get(RendezVous.ID));
        return changed
                ? Optional.of(
                        new Verdict.Ko("IDRDV_DIFFERENT", RendezVous.ID, "un rendez-vous garde son IdRdv : " + known))
                : Optional.empty();
    }

    /** The slots asked for and not answered yet; none when no request is known. */
    private static String[] proposed(Dossier rdv) {
        String proposes = rdv.faits().get(Faits.PROPOSES);
        return proposes == null ? new String[0] : proposes.split("\n", -1);
    }
}
