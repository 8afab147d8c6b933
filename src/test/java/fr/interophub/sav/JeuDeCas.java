package fr.interophub.sav;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.sav.Cas.Autour;
import fr.interophub.sav.Cas.Etat;
import fr.interophub.sav.Cas.Parole;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A case being played: what its lines ask and what they expect, whatever the parties and the hub are made of. */
public abstract class JeuDeCas {

    /**
     * What came back.
     *
     * @param cle the key of the ticket that was opened; null or empty when none was
     */
    public record Entendu(int code, String libelle, String cle) {}

    /** What a read found. */
    public record Lu(int code, String libelle, Map<String, String> champs) {}

    /** Both states of a ticket; the second may be empty. */
    public record Etats(String etat, String resolution) {}

    private final Cas cas;
    private final Paroles paroles = new Paroles();
    private final Map<String, String> contrat = new LinkedHashMap<>();
    protected final Map<String, String> names = new HashMap<>();
    /** Whose ticket a key is. */
    private final Map<String, String> owners = new HashMap<>();
    /** What must reach the OC, by ticket; a ticket that the OI has opened is not in it. */
    private final Map<String, List<String>> due = new LinkedHashMap<>();

    protected String key;
    private String nextName;

    protected JeuDeCas(Cas cas) {
        this.cas = cas;
    }

    /** The SIREN of {@code OC} or {@code OC2}. */
    protected abstract String siren(String qui);

    /** @param action null when the call does not say it */
    protected abstract Entendu call(String qui, boolean create, String action, Map<String, String> champs);

    protected abstract Entendu decide(String qui, String action, Map<String, String> champs);

    protected abstract Lu read(String qui, Map<String, String> criteres, List<String> attrNames);

    protected abstract Etats states(String key);

    /** How many tickets there are. */
    protected abstract int tickets();

    /** What has reached the OCs by now, in order. */
    protected abstract List<Map<String, String>> emitted();

    /** An access and its state; {@code operateur} in the values is {@code OCXA} or {@code OCXB}. */
    protected abstract void access(String nom, Map<String, String> valeurs);

    /** An access that is ordered and not in service yet. */
    protected abstract void order(String nom);

    protected abstract void agree(Map<String, Object> contrat);

    protected abstract void offer(String creneau, boolean pris);

    protected abstract boolean free(String creneau);

    protected abstract void time(Instant instant);

    /** What only one way of playing knows: the plan that is down, the OC that answers wrongly. */
    protected abstract void other(Autour autour);

    /** How a slot of the case is quoted. */
    protected String slot(String creneau) {
        return creneau;
    }

    public Cas cas() {
        return cas;
    }

    /** Plays one line. */
    public void play(Cas.Ligne ligne) {
        String where = "%s, ligne %d".formatted(cas.id(), ligne.numero());
        if (ligne instanceof Parole parole) {
            switch (parole.qui()) {
                case "OC", "OC2" -> say(parole, where);
                case "OI" -> decide(parole, where);
                default -> read(parole, where);
            }
        } else if (ligne instanceof Etat etat) {
            assertThat(states(key)).as(where).isEqualTo(new Etats(etat.etat(), etat.resolution()));
        } else if (ligne instanceof Autour autour) {
            around(autour, where);
        } else {
            byFile(ligne, where);
        }
    }

    /** What goes by files ({@link JeuParFichiers}). */
    protected void byFile(Cas.Ligne ligne, String where) {
        throw new IllegalStateException(where);
    }

    private Map<String, String> champs(Parole parole, String qui) {
        Map<String, String> champs = paroles.champs(
                parole,
                siren(qui),
                SavDEssai.OI,
                key,
                key == null ? null : states(key).etat(),
                names);
        champs.computeIfPresent(Champs.CRENEAU, (champ, creneau) -> slot(creneau));
        return champs;
    }

    private void say(Parole parole, String where) {
        Map<String, String> champs = champs(parole, parole.qui());
        String action = champs.getOrDefault("description", parole.action());
        if (parole.voulus().getOrDefault("description", action).isEmpty()) {
            action = null;
        }
        champs.remove("description");
        String service = parole.voulus().get("service");
        boolean create = "create".equals(service) || parole.action().equals(Champs.CREATE) && !"set".equals(service);
        champs.remove("service");
        int before = tickets();
        Entendu entendu = call(parole.qui(), create, action, champs);
        check(parole, entendu.code(), entendu.libelle(), where);
        if (create && entendu.code() == 0) {
            opened(entendu.cle(), parole.qui());
        } else if (create) {
            assertThat(tickets()).as("%s : rien n'est créé", where).isEqualTo(before);
            assertThat(entendu.cle()).as(where).isNullOrEmpty();
        }
    }

    protected void opened(String newKey, String owner) {
        key = newKey;
        owners.put(key, owner);
        if (nextName != null) {
            assertThat(names.getOrDefault("$" + nextName, key)).isEqualTo(key);
            names.put("$" + nextName, key);
            nextName = null;
        }
    }

    private static void check(Parole parole, int code, String libelle, String where) {
        assertThat(code).as("%s : %s", where, libelle).isEqualTo(parole.code());
        if (!parole.champ().isEmpty()) {
            assertThat(libelle).as(where).contains("INFO " + parole.champ() + " ");
        }
    }

    private void decide(Parole parole, String where) {
        String owner = owners.getOrDefault(key, "OC");
        Map<String, String> champs = champs(parole, owner);
        // The hub fills in what it knows; a case that wants to say it says so.
        for (String known : List.of("serviceProviderID", "supplierID", "troubleTicketState")) {
            if (!parole.voulus().containsKey(known)) {
                champs.remove(known);
            }
        }
        Entendu entendu = decide(owner, parole.action(), champs);
        check(parole, entendu.code(), entendu.libelle(), where);
        if (entendu.code() != 0) {
            return;
        }
        if (parole.action().equals(Champs.CREATE)) {
            opened(entendu.cle(), "OC");
            due.put(key, null);
        } else if (!due.containsKey(key) || due.get(key) != null) {
            due.computeIfAbsent(key, any -> new ArrayList<>()).add(parole.action());
        }
    }

    private void read(Parole parole, String where) {
        String qui = parole.qui().replace("LIT", "OC");
        Map<String, String> criteres = new HashMap<>();
        criteres.put("serviceProviderID", siren(qui));
        criteres.put("supplierID", SavDEssai.OI);
        parole.voulus().forEach((champ, valeur) -> criteres.put(champ, names.getOrDefault(valeur, valeur)));
        criteres.values().removeIf(String::isEmpty);
        String attrNames = criteres.remove("attrNames");
        Lu lu = read(qui, criteres, attrNames == null ? List.of() : List.of(attrNames.split(",")));
        check(parole, lu.code(), lu.libelle(), where);
        parole.lus().forEach((champ, valeur) -> {
            if (champ.equals("champs")) {
                assertThat(lu.champs()).as(where).hasSize(Integer.parseInt(valeur));
            } else {
                holds(lu.champs(), champ, names.getOrDefault(valeur, valeur), where);
            }
        });
        assertThat(lu.champs().isEmpty()).as(where).isEqualTo(parole.code() != 0);
    }

    private static void holds(Map<String, String> champs, String champ, String valeur, String where) {
        assertThat(champs.getOrDefault(champ, "")).as("%s, %s", where, champ).isEqualTo(valeur);
    }

    private void around(Autour autour, String where) {
        switch (autour.verbe()) {
            case "parc" -> access(autour.quoi(), autour.valeurs());
            case "commande" -> order(autour.quoi());
            case "mes" -> access(autour.quoi(), Map.of());
            case "contrat" -> {
                contrat.putAll(autour.valeurs());
                Map<String, Object> values = new HashMap<>();
                contrat.forEach(
                        (nom, valeur) -> values.put(nom, valeur.matches("[0-9]+") ? Integer.valueOf(valeur) : valeur));
                agree(values);
            }
            case "ticket" -> {
                nextName = names.containsKey("$" + autour.quoi()) ? null : autour.quoi();
                key = names.getOrDefault("$" + autour.quoi(), key);
            }
            case "créneau" -> {
                String state = autour.valeurs().get("est");
                if (state == null) {
                    offer(slot(autour.quoi()), autour.valeurs().containsKey("pris"));
                } else {
                    assertThat(free(slot(autour.quoi()))).as(where).isEqualTo(state.equals("libre"));
                }
            }
            case "le" -> time(OffsetDateTime.parse(autour.quoi()).toInstant());
            case "émis" -> assertThat(emitted()).as(where).hasSize(Integer.parseInt(autour.quoi()));
            case "dernier" -> {
                List<Map<String, String>> emitted = emitted();
                Map<String, String> last = emitted.get(emitted.size() - 1);
                autour.valeurs()
                        .forEach((champ, valeur) -> holds(last, champ, names.getOrDefault(valeur, valeur), where));
            }
            default -> other(autour);
        }
    }

    /** How many notifications must have reached the OCs by now. */
    protected int due() {
        return due.values().stream()
                .mapToInt(said -> said == null ? 0 : said.size())
                .sum();
    }

    /** What was decided, and nothing else, has reached the OCs: about each ticket in order, and once. */
    public void everythingArrived() {
        Map<String, List<String>> heard = new HashMap<>();
        emitted()
                .forEach(champs -> heard.computeIfAbsent(champs.get(Champs.KEY), any -> new ArrayList<>())
                        .add(champs.get(Champs.DESCRIPTION)));
        Map<String, List<String>> said = new HashMap<>(due);
        said.values().removeIf(Objects::isNull);
        assertThat(heard).as(cas.id()).isEqualTo(said);
    }

    /** The parties of a case as its lines name them. */
    protected static String operateur(Map<String, String> valeurs) {
        return "OCXB".equals(valeurs.get("operateur")) ? "OC2" : "OC";
    }
}
