package fr.interophub.acces;

import fr.interophub.acces.Ecriture.Place;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Role;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Cles;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message.Nature;
import fr.interophub.echange.Registre;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Feuilles;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Acces;
import fr.interophub.parc.Acces.Etat;
import fr.interophub.parc.Parc;
import fr.interophub.parc.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What orders make of accesses: put in service, given back, overwritten (spec §5.10). The OC that loses its line is told, by
 * a message that knows nothing of the OC that took it; so is the SI.
 *
 * <p>Everyone takes what they must hold in one order: sockets, then the dossiers of all OCs by their identifiers, then the
 * register's rows. Two orders on one socket therefore come one after the other, and never wait for each other.
 */
final class Ecrasements {

    private static final String PRISE = "ReferencePrise";
    private static final String PRESTATION = "ReferencePrestationPrise";
    private static final String HOTLINE = "HOTLINE";

    private final Parc parc;
    private final Registre registre;
    private final Annuaire annuaire;
    private final Versions versions;
    private final Suivi suivi;
    private final Alertes alertes;
    private final Function<Operateur, String> siMode;

    Ecrasements(
            Parc parc,
            Registre registre,
            Annuaire annuaire,
            Versions versions,
            Suivi suivi,
            Alertes alertes,
            Function<Operateur, String> siMode) {
        this.parc = parc;
        this.registre = registre;
        this.annuaire = annuaire;
        this.versions = versions;
        this.suivi = suivi;
        this.alertes = alertes;
        this.siMode = siMode;
    }

    /**
     * What a lot of CR_MES holds.
     *
     * @param commandes the OC's own orders, by key
     * @param enService what other OCs have in service on a socket, by socket
     * @param perdants the orders of those accesses, those that have one
     */
    record Tenue(Map<String, Dossier> commandes, Map<String, List<Acces>> enService, Map<UUID, Dossier> perdants) {}

    /**
     * Holds the orders that a lot of CR_MES speaks of, their sockets, and the orders that may lose those sockets.
     *
     * @return empty when an order has moved to another socket meanwhile: to be asked again in another transaction
     */
    Optional<Tenue> hold(Operateur operateur, List<Ligne> lignes) {
        Set<String> cles =
                lignes.stream().map(ligne -> Cles.shorten(ligne.reference())).collect(Collectors.toSet());
        Map<String, Dossier> own = registre.find(operateur.code(), Commandes.OBJET, cles);
        Set<String> prises = prises(own, lignes);
        parc.hold(prises);
        Map<String, List<Acces>> enService = parc.listEnService(prises).stream()
                .filter(acces -> !acces.operateur().equals(operateur.code()))
                .collect(Collectors.groupingBy(acces -> Cles.upper(acces.prise())));
        List<UUID> ids = Stream.concat(
                        own.values().stream().map(Dossier::id),
                        enService.values().stream().flatMap(List::stream).map(Acces::dossierId))
                .filter(id -> id != null)
                .toList();
        Map<String, Dossier> commandes = new HashMap<>();
        Map<UUID, Dossier> perdants = new HashMap<>();
        for (Dossier held : registre.findForUpdate(ids)) {
            if (held.operateur().equals(operateur.code())) {
                commandes.put(held.cle(), held);
            } else {
                perdants.put(held.id(), held);
            }
        }
        return prises.containsAll(prises(commandes, lignes))
                ? Optional.of(new Tenue(commandes, enService, perdants))
                : Optional.empty();
    }

    private static Set<String> prises(Map<String, Dossier> commandes, Collection<Ligne> lignes) {
        return lignes.stream()
                .filter(ligne -> commandes.containsKey(Cles.shorten(ligne.reference())))
                .flatMap(ligne -> prise(commandes.get(Cles.shorten(ligne.reference())), ligne).stream())
                .map(Cles::upper)
                .collect(Collectors.toSet());
    }

    /** The socket that an order ends at: what the OI has said last, or else what its OC says now. */
    private static Optional<String> prise(Dossier commande, Ligne mes) {
        String said = mes.feuille().indexOf(PRISE) < 0 ? "" : mes.get(PRISE);
        String prise = commande.references().getOrDefault(PRISE, said.equals(HOTLINE) ? "" : said);
        return prise.isEmpty() ? Optional.empty() : Optional.of(Cles.shorten(prise));
    }

    /**
     * Orders that have just reached EN_SERVICE: their accesses enter the register, and whoever had the socket loses it.
     *
     * @param misesEnService the CR_MES that were admitted, by the order they close
     */
    void enter(Operateur operateur, Tenue tenue, Map<Dossier, Ligne> misesEnService, Instant now) {
        List<Acces> entered = new ArrayList<>();
        List<Acces> lost = new ArrayList<>();
        Map<String, Lot> lots = new LinkedHashMap<>();
        Map<UUID, Site> sites = Sites.of(registre, misesEnService.keySet());
        misesEnService.forEach((commande, mes) -> {
            Optional<String> prise = prise(commande, mes);
            prise.map(Cles::upper).map(tenue.enService()::remove).orElse(List.of()).stream()
                    .filter(Acces::partagee)
                    .filter(acces -> lose(acces, tenue, lots, now))
                    .forEach(lost::add);
            Site site = sites.getOrDefault(commande.id(), Site.INCONNU);
            acces(operateur, commande, mes, prise, site, now).ifPresent(entered::add);
        });
        lots.values().forEach(registre::write);
        parc.end(lost, Etat.ECRASEE);
        parc.write(entered);
    }

    private Optional<Acces> acces(
            Operateur operateur, Dossier commande, Ligne mes, Optional<String> prise, Site site, Instant now) {
        String prestation = commande.references().get(PRESTATION);
        if (prestation == null) {
            alertes.raise(
                    "ACCES_SANS_REFERENCE",
                    operateur.code() + " " + commande.cle(),
                    operateur.code(),
                    "%s : la commande %s est en service sans qu'une ReferencePrestationPrise ait été donnée ; l'accès n'entre pas au parc"
                            .formatted(operateur.code(), commande.cle()));
            return Optional.empty();
        }
        Optional<Acces> known = parc.findForUpdate(operateur.code(), Cles.shorten(prestation));
        return Optional.of(new Acces(
                operateur.code(),
                Cles.shorten(prestation),
                prise.orElse(null),
                site.or(known.map(Acces::site).orElse(Site.INCONNU)),
                Dates.parse(mes.get("DateMesLigneFtth")).orElse(now),
                known.map(Acces::gtr).orElse(null),
                known.map(Acces::partagee).orElse(true),
                Etat.EN_SERVICE,
                commande.id()));
    }

    /** Tells an OC that it has lost a line; false when it has given the line back meanwhile. */
    private boolean lose(Acces acces, Tenue tenue, Map<String, Lot> lots, Instant now) {
        Dossier commande = acces.dossierId() == null ? null : tenue.perdants().get(acces.dossierId());
        Optional<Operateur> found = annuaire.find(acces.operateur());
        if (found.isEmpty()) {
            alertes.raise(
                    "ECRASEMENT_NON_DIT",
                    acces.operateur() + " " + acces.prestation(),
                    acces.operateur(),
                    "l'accès %s est écrasé ; l'opérateur %s n'a plus de fiche, il n'en est rien dit"
                            .formatted(acces.prestation(), acces.operateur()));
            return true;
        }
        Operateur perdant = found.get();
        Ligne notif = notification(versions.of(perdant), perdant, acces, commande, now);
        Lot lot = lots.computeIfAbsent(perdant.code(), any -> new Lot(siMode.apply(perdant)));
        Place place = Place.outside(Nature.HORS_DOSSIER);
        if (commande != null) {
            if (suivi.advance(commande, notif.feuille().flux(), Role.OI, null, notif, lot, now)
                    .isEmpty()) {
                return false;
            }
            lot.change(commande);
            place = Place.in(commande);
        }
        new Ecriture(lot, perdant, versions, now).said(notif, null, place, true);
        return true;
    }

    private static Ligne notification(Page page, Operateur perdant, Acces acces, Dossier commande, Instant now) {
        Map<String, String> champs = new LinkedHashMap<>();
        if (commande != null) {
            champs.put("ReferenceCommandePriseInterneOC", commande.cle());
        }
        champs.put(PRESTATION, acces.prestation());
        champs.put(PRISE, acces.prise());
        champs.put("OperateurEcrase", perdant.code());
        champs.put("DateEcrasement", Dates.format(now));
        return Feuilles.of(page, "Notif_Ecrasement", perdant).ligne(0, champs);
    }

    /** Orders whose access was given back. */
    void leave(Operateur operateur, Collection<Dossier> resiliees) {
        List<String> prestations = resiliees.stream()
                .map(commande -> commande.references().get(PRESTATION))
                .filter(prestation -> prestation != null)
                .map(Cles::shorten)
                .toList();
        Set<UUID> commandes = resiliees.stream().map(Dossier::id).collect(Collectors.toSet());
        parc.end(
                parc.list(operateur.code(), prestations).stream()
                        .filter(acces -> commandes.contains(acces.dossierId()))
                        .toList(),
                Etat.RESILIEE);
    }
}
