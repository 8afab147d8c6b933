package fr.interophub.bacasable;

import fr.interophub.bacasable.CasSav.Autour;
import fr.interophub.bacasable.CasSav.Etat;
import fr.interophub.bacasable.CasSav.Parole;
import fr.interophub.catalogue.Catalogue;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

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

    /** The OI, by its code and its SIREN. */
    public record Oi(String code, String siren) {}

    private static final String KEY = "troubleTicketKey";
    private static final String DESCRIPTION = "description";
    private static final String CREATE = "CASE CREATE REQUEST";

    protected final Oi oi;
    private final CasSav cas;
    private final Paroles paroles;
    private final Map<String, String> contrat = new LinkedHashMap<>();
    protected final Map<String, String> names = new HashMap<>();
    /** Whose ticket a key is. */
    private final Map<String, String> owners = new HashMap<>();
    /** What must reach the OC, by ticket; a ticket that the OI has opened is not in it. */
    private final Map<String, List<String>> due = new LinkedHashMap<>();

    protected String key;
    private String nextName;

    protected JeuDeCas(CasSav cas, Catalogue catalogue, Oi oi) {
        this.cas = cas;
        this.oi = oi;
        this.paroles = new Paroles(catalogue);
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

    /** Does something hold? Here at once, where the hub has done its work before it answers. */
    protected boolean holds(BooleanSupplier fact) {
        return fact.getAsBoolean();
    }

    /** A text of the case, or one made of the same words, as this play says it: here to the letter. */
    protected String said(String texte) {
        return texte;
    }

    /** A value of the case: what one of its names stands for, or itself. */
    protected String value(String valeur) {
        return names.containsKey(valeur) ? names.get(valeur) : said(valeur);
    }

    /** How a slot of the case is quoted. */
    protected String slot(String creneau) {
        return creneau;
    }

    public CasSav cas() {
        return cas;
    }

    /** Plays one line. */
    public void play(CasSav.Ligne ligne) {
        String where = "%s, ligne %d".formatted(cas.id(), ligne.numero());
        if (ligne instanceof Parole parole) {
            switch (parole.qui()) {
                case "OC", "OC2" -> say(parole, where);
                case "OI" -> decide(parole, where);
                default -> read(parole, where);
            }
        } else if (ligne instanceof Etat etat) {
            Etats wanted = new Etats(etat.etat(), etat.resolution());
            Ecart.unless(holds(() -> states(key).equals(wanted)), where, wanted, states(key));
        } else if (ligne instanceof Autour autour) {
            around(autour, where);
        } else {
            byFile(ligne, where);
        }
    }

    /** What goes by files ({@link JeuParFichiers}). */
    protected void byFile(CasSav.Ligne ligne, String where) {
        throw new IllegalStateException(where);
    }

    private Map<String, String> champs(Parole parole, String qui) {
        Map<String, String> champs = paroles.champs(
                parole,
                siren(qui),
                oi.siren(),
                key,
                key == null ? null : states(key).etat());
        champs.replaceAll((champ, valeur) -> value(valeur));
        champs.computeIfPresent("SUAppointmentManagementId", (champ, creneau) -> slot(creneau));
        return champs;
    }

    private void say(Parole parole, String where) {
        Map<String, String> champs = champs(parole, parole.qui());
        String action = champs.getOrDefault(DESCRIPTION, parole.action());
        if (parole.voulus().getOrDefault(DESCRIPTION, action).isEmpty()) {
            action = null;
        }
        champs.remove(DESCRIPTION);
        String service = parole.voulus().get("service");
        boolean create = "create".equals(service) || parole.action().equals(CREATE) && !"set".equals(service);
        champs.remove("service");
        int before = tickets();
        Entendu entendu = call(parole.qui(), create, action, champs);
        check(parole, entendu.code(), entendu.libelle(), where);
        if (create && entendu.code() == 0) {
            opened(entendu.cle(), parole.qui());
        } else if (create) {
            Ecart.unlessEqual(where + ", tickets", before, tickets());
            Ecart.unless(entendu.cle() == null || entendu.cle().isEmpty(), where, "aucune clé", entendu.cle());
        }
    }

    protected void opened(String newKey, String owner) {
        key = newKey;
        owners.put(key, owner);
        if (nextName != null) {
            Ecart.unlessEqual("ticket " + nextName, names.getOrDefault("$" + nextName, key), key);
            names.put("$" + nextName, key);
            nextName = null;
        }
    }

    private static void check(Parole parole, int code, String libelle, String where) {
        Ecart.unless(code == parole.code(), where, parole.code(), code + " " + libelle);
        String named = "INFO " + parole.champ() + " ";
        Ecart.unless(parole.champ().isEmpty() || libelle.contains(named), where, named, libelle);
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
        if (parole.action().equals(CREATE)) {
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
        criteres.put("supplierID", oi.siren());
        parole.voulus().forEach((champ, valeur) -> criteres.put(champ, value(valeur)));
        criteres.values().removeIf(String::isEmpty);
        String attrNames = criteres.remove("attrNames");
        Lu lu = read(qui, criteres, attrNames == null ? List.of() : List.of(attrNames.split(",")));
        check(parole, lu.code(), lu.libelle(), where);
        parole.lus().forEach((champ, valeur) -> {
            if (champ.equals("champs")) {
                Ecart.unless(lu.champs().size() == Integer.parseInt(valeur), where, valeur + " champs", lu.champs());
            } else {
                Ecart.unlessEqual(
                        where + ", " + champ, value(valeur), lu.champs().getOrDefault(champ, ""));
            }
        });
        Ecart.unless(lu.champs().isEmpty() == (parole.code() != 0), where, "code " + parole.code(), lu.champs());
    }

    private void around(Autour autour, String where) {
        switch (autour.verbe()) {
            case "parc" -> {
                Map<String, String> valeurs = new HashMap<>(autour.valeurs());
                valeurs.replaceAll((champ, valeur) -> value(valeur));
                access(said(autour.quoi()), valeurs);
            }
            case "commande" -> order(said(autour.quoi()));
            case "mes" -> access(said(autour.quoi()), Map.of());
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
                    Ecart.unless(free(slot(autour.quoi())) == state.equals("libre"), where, state, "l'inverse");
                }
            }
            case "le" -> time(OffsetDateTime.parse(autour.quoi()).toInstant());
            case "émis" -> {
                int wanted = Integer.parseInt(autour.quoi());
                Ecart.unless(holds(() -> emitted().size() == wanted), where, autour.quoi(), emitted());
            }
            case "dernier" -> {
                List<Map<String, String>> emitted = emitted();
                Map<String, String> last = emitted.get(emitted.size() - 1);
                autour.valeurs()
                        .forEach((champ, valeur) ->
                                Ecart.unlessEqual(where + ", " + champ, value(valeur), last.getOrDefault(champ, "")));
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
                .forEach(champs -> heard.computeIfAbsent(champs.get(KEY), any -> new ArrayList<>())
                        .add(champs.get(DESCRIPTION)));
        Map<String, List<String>> said = new HashMap<>(due);
        said.values().removeIf(Objects::isNull);
        Ecart.unlessEqual(cas.id(), said, heard);
    }

    /** The parties of a case as its lines name them. */
    protected static String operateur(Map<String, String> valeurs) {
        return "OCXB".equals(valeurs.get("operateur")) ? "OC2" : "OC";
    }
}
