package fr.interophub.acces;

import fr.interophub.echange.Cles;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Json;
import fr.interophub.echange.Message;
import fr.interophub.echange.Registre;
import fr.interophub.parc.Site;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the access of an order is, as its messages have said it: the last PM, and the address it was ordered at. */
final class Sites {

    private static final String COMMANDE = "Cmd_Acces";
    private static final List<String> FLUX = List.of(COMMANDE, "CR_Cmd_Acces", "Notif_Reprov");

    private Sites() {}

    /** One question for all of them. */
    static Map<UUID, Site> of(Registre registre, Collection<Dossier> commandes) {
        Map<UUID, Site> sites = new HashMap<>();
        for (Message said : registre.list(commandes.stream().map(Dossier::id).toList(), FLUX)) {
            sites.merge(said.dossierId(), site(said), (before, now) -> now.or(before));
        }
        return sites;
    }

    private static Site site(Message said) {
        Map<String, String> champs = Json.read(said.champs());
        String pm = champs.get("ReferencePm");
        return new Site(pm == null ? null : Cles.shorten(pm), said.flux().equals(COMMANDE) ? adresse(champs) : null);
    }

    /** Number, street, postcode and town: what stands in one building has one address. Number 0 is a street without numbers. */
    private static String adresse(Map<String, String> champs) {
        String numero = champs.getOrDefault("NumeroVoieImmeuble", "");
        String voie = line(
                numero.equals("0") ? "" : numero,
                champs.get("ComplementNumeroVoieImmeuble"),
                champs.get("TypeVoieImmeuble"),
                champs.get("LibelleVoieImmeuble"));
        String commune = line(champs.get("CodePostalImmeuble"), champs.get("CommuneImmeuble"));
        String adresse =
                Stream.of(voie, commune).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
        return adresse.isEmpty() ? null : Cles.cut(adresse, Site.ADRESSE_MAX);
    }

    private static String line(String... parts) {
        return Stream.of(parts).filter(part -> part != null && !part.isEmpty()).collect(Collectors.joining(" "));
    }
}
