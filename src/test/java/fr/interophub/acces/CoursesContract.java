package fr.interophub.acces;

import static fr.interophub.acces.Salle.CATALOGUE;
import static fr.interophub.acces.Salle.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import fr.interophub.bacasable.CasPto;
import fr.interophub.bacasable.Modele;
import fr.interophub.bacasable.Specimen;
import fr.interophub.bacasable.Vie;
import fr.interophub.catalogue.Issue;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.EchangeDEssai;
import fr.interophub.echange.Json;
import fr.interophub.echange.Message;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Sens;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Acces;
import fr.interophub.parc.Parc;
import fr.interophub.parc.ParcDEssai;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Two threads, each with transactions of its own, say at the same moment what cannot both come first. The clock stands
 * still: whatever happens, happens within the same second.
 */
abstract class CoursesContract extends SurUneBase {

    private static final int COURSES = 200;

    /** Lines in one file, where files race. */
    private static final int LIGNES = 50;

    private static final List<Map<String, String>> NOTHING = Collections.nCopies(COURSES, Map.of());

    private final Registre registre = new EchangeDEssai(base(), clock()).registre();
    private final Parc parc = ParcDEssai.parc(base(), clock());
    private final Specimen specimen = new Specimen(clock(), "OIDE");
    private final Course course = new Course(base(), clock(), Essai.OCS);
    private final Commandes commandes = course.commandes;

    CoursesContract(BaseDEssai base) {
        super(base);
    }

    @AfterEach
    void stop() {
        course.close();
    }

    @Test
    @DisplayName("annulation et CR_MAD : annulée sans CR_MAD, ou mise à disposition puis résiliée")
    void cancellationAndDelivery() throws Exception {
        List<Vie> vies = ordered(Essai.OCXA, Modele.OI, CasPto.A_CONSTRUIRE, NOTHING);

        for (Vie vie : vies) {
            Map<String, String> champs = specimen.champs("CR_MAD_LigneFTTH", Issue.OK, "", vie, Map.of());
            Verdict mad = course.together(
                    () -> decide(Essai.OCXA, "CR_MAD_LigneFTTH", champs),
                    () -> receive(Essai.OCXA, "Annulation_Acces", List.of(vie)));

            assertThat(dossier(vie).vieEnUneLigne())
                    .isEqualTo("Cmd_Acces > AR_Cmd_Acces OK > CR_Cmd_Acces OK > "
                            + (mad instanceof Verdict.Ok
                                    ? "CR_MAD_LigneFTTH OK > Annulation_Acces > CR_Annulation_Acces OK = RESILIEE"
                                    : "Annulation_Acces > CR_Annulation_Acces OK = ANNULEE"));
        }
        assertAllAgrees(vies);
    }

    @Test
    @DisplayName("deux CR_MES sur une PTO : le second écrase le premier, une fois")
    void twoInServiceOnOneSocket() throws Exception {
        List<Vie> first = ordered(Essai.OCXA, Modele.OC, CasPto.IDENTIFIEE, NOTHING);
        List<Vie> second = onTheSameSockets(first);

        for (int i = 0; i < COURSES; i++) {
            List<Vie> one = List.of(first.get(i));
            List<Vie> other = List.of(second.get(i));
            course.together(
                    () -> receive(Essai.OCXA, "CR_MES_LigneFTTH", one),
                    () -> receive(Essai.OCXB, "CR_MES_LigneFTTH", other));
        }

        assertOneWinnerEach(first, second);
    }

    @Test
    @DisplayName(
            "deux fichiers de CR_MES sur les mêmes PTO, en sens inverse : personne n'attend personne pour toujours")
    void twoFilesOnTheSameSockets() throws Exception {
        List<Vie> first = ordered(Essai.OCXA, Modele.OC, CasPto.IDENTIFIEE, NOTHING);
        List<Vie> second = onTheSameSockets(first);

        for (int from = 0; from < COURSES; from += LIGNES) {
            List<Vie> some = first.subList(from, from + LIGNES);
            List<Vie> reversed = new ArrayList<>(second.subList(from, from + LIGNES));
            Collections.reverse(reversed);
            course.together(
                    () -> receive(Essai.OCXA, "CR_MES_LigneFTTH", some),
                    () -> receive(Essai.OCXB, "CR_MES_LigneFTTH", reversed));
        }

        assertOneWinnerEach(first, second);
    }

    /** Orders of another OC on sockets where these ones are. */
    private List<Vie> onTheSameSockets(List<Vie> others) {
        return ordered(
                Essai.OCXB,
                Modele.OC,
                CasPto.IDENTIFIEE,
                others.stream()
                        .map(vie -> Map.of("ReferencePrise", vie.get("ReferencePrise")))
                        .toList());
    }

    /**
     * Orders whose route is given.
     *
     * @param voulus what each of them says of its own
     */
    private List<Vie> ordered(Operateur oc, Modele modele, CasPto cas, List<Map<String, String>> voulus) {
        List<Vie> vies = new ArrayList<>();
        List<Map<String, String>> orders = new ArrayList<>();
        for (Map<String, String> own : voulus) {
            Vie vie = specimen.open(oc.code(), modele, cas);
            Map<String, String> order = specimen.champs("Cmd_Acces", null, "", vie, own);
            vie.remember("Cmd_Acces", order);
            vies.add(vie);
            orders.add(order);
        }
        commandes.receive(Essai.lot(CATALOGUE, oc, "Cmd_Acces", orders, clock().instant()));
        for (Vie vie : vies) {
            Map<String, String> cr = specimen.champs("CR_Cmd_Acces", Issue.OK, "", vie, Map.of());
            assertThat(decide(oc, "CR_Cmd_Acces", cr)).isInstanceOf(Verdict.Ok.class);
            vie.remember("CR_Cmd_Acces", cr);
        }
        return vies;
    }

    private Verdict decide(Operateur oc, String flux, Map<String, String> champs) {
        return base().transactions().run(() -> commandes.decide(oc, flux, champs));
    }

    private void receive(Operateur oc, String flux, List<Vie> vies) {
        commandes.receive(Essai.lot(
                CATALOGUE,
                oc,
                flux,
                vies.stream()
                        .map(vie -> specimen.champs(flux, null, "", vie, Map.of()))
                        .toList(),
                clock().instant()));
    }

    private Dossier dossier(Vie vie) {
        return base().transactions()
                .run(() -> registre.find(vie.operateur(), Commandes.OBJET, List.of(vie.reference())))
                .get(vie.reference());
    }

    /** On each socket one order is in service and the other lost it, in the dossiers and in the register alike. */
    private void assertOneWinnerEach(List<Vie> first, List<Vie> second) {
        for (int i = 0; i < COURSES; i++) {
            List<Vie> both = List.of(first.get(i), second.get(i));
            List<String> lives = both.stream()
                    .map(vie -> dossier(vie).vieEnUneLigne())
                    .map(vie -> vie.substring("Cmd_Acces > AR_Cmd_Acces OK > CR_Cmd_Acces OK > ".length()))
                    .toList();
            assertThat(lives)
                    .containsExactlyInAnyOrder(
                            "CR_MES_LigneFTTH = EN_SERVICE", "CR_MES_LigneFTTH > Notif_Ecrasement = ECRASEE");
            for (Vie vie : both) {
                Dossier dossier = dossier(vie);
                assertThat(parc.list(vie.get("ReferencePrestationPrise")))
                        .singleElement()
                        .satisfies(acces -> {
                            assertThat(acces.dossierId()).isEqualTo(dossier.id());
                            assertThat(acces.etat().name()).isEqualTo(dossier.etat());
                        });
            }
            assertThat(parc.listEnService(List.of(first.get(i).get("ReferencePrise"))))
                    .extracting(Acces::operateur)
                    .containsExactly(lives.get(0).endsWith("EN_SERVICE") ? "OCXA" : "OCXB");
        }
        assertAllAgrees(Stream.concat(first.stream(), second.stream()).toList());
    }

    /** Every state is the fold of its journal, no rank is lost or taken twice, and what left is what was said. */
    private void assertAllAgrees(List<Vie> vies) {
        List<Message> journal = base().jdbc().queryForList("select id from message", UUID.class).stream()
                .map(id -> registre.findMessage(id).orElseThrow())
                .toList();
        for (Vie vie : vies) {
            Dossier dossier = dossier(vie);
            List<Message> own = journal.stream()
                    .filter(message -> dossier.id().equals(message.dossierId()))
                    .toList();
            Repli.assertFollowsJournal(dossier, own, Contrat.DEFAUT);
            assertThat(own.stream().map(Message::rang))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, dossier.rang()).boxed().toList());
        }
        assertThat(base().jdbc().queryForList("select contenu from ligne_a_emettre", String.class).stream()
                        .flatMap(String::lines))
                .containsExactlyInAnyOrderElementsOf(journal.stream()
                        .filter(message -> message.sens() == Sens.SORTANT)
                        .map(CoursesContract::line)
                        .toList());
    }

    private static String line(Message message) {
        StringBuilder line = new StringBuilder();
        PAGE.feuille(message.flux()).ligne(0, Json.read(message.champs())).writeCsv(line);
        return line.toString().stripTrailing();
    }
}
