package fr.interophub.sav;

import fr.interophub.catalogue.Grille;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Json;
import fr.interophub.echange.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of a ticket now: the latest value of each field, as its messages have said it. */
final class Valeurs {

    private Valeurs() {}

    /** @param life the messages that count, in order */
    static Map<String, String> of(List<Message> life) {
        Map<String, String> known = new LinkedHashMap<>();
        for (Message message : life) {
            Map<String, String> said = Json.read(message.champs());
            if (said.containsKey(Champs.MODE)) {
                known.keySet().removeAll(Champs.SUGGESTIONS);
                known.remove(Champs.CRENEAU);
            }
            if ("DEMANDE RDV".equals(said.get(Champs.TYPE_MESSAGE))) {
                known.remove(Champs.PREVUE_LE);
            }
            known.putAll(said);
        }
        return known;
    }

    /**
     * What an OC reads (column RS of spec SAV §b.2).
     *
     * @param names the fields that it asks for, beside the key and the state; none: all
     */
    static Map<String, String> read(Grille grille, Dossier ticket, List<Message> life, Set<String> names) {
        Map<String, String> known = of(life);
        known.put(Champs.KEY, ticket.references().get(Champs.KEY));
        known.put(Champs.ETAT, ticket.etat());
        if (ticket.faits().containsKey(Faits.RESOLUTION)) {
            known.put(Champs.RESOLUTION, ticket.faits().get(Faits.RESOLUTION));
        }
        // A slot that the OC changed itself, and the hub accepted, is the date of the action (A5, A8).
        if (Champs.AUTO.equals(known.get(Champs.MODE))
                && "ACTION PLANIFIEE".equals(known.get(Champs.RESOLUTION))
                && ticket.faits().containsKey(Faits.CRENEAU)) {
            known.put(Champs.PREVUE_LE, known.get(Champs.SUGGESTIONS.get(0)));
        }
        Map<String, String> read = new LinkedHashMap<>();
        grille.champs().forEach(champ -> {
            boolean asked = names.isEmpty()
                    || names.contains(champ.nom())
                    || Set.of(Champs.KEY, Champs.ETAT).contains(champ.nom());
            if (asked && known.containsKey(champ.nom())) {
                read.put(champ.nom(), known.get(champ.nom()));
            }
        });
        return read;
    }
}
