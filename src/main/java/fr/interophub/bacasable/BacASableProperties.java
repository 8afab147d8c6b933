package fr.interophub.bacasable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the bac à sable needs, {@code hub.bacasable.*}; the defaults are the demo's.
 *
 * @param actif whether it plays
 * @param rythme a new dossier every so often, once the first lives are over
 * @param max how many dossiers in all, after which it stops
 * @param pas the pause before each step of a dossier
 * @param marches how many random walks live at once, once the first lives are over
 * @param scenarios a scénario file or a folder of them, played once instead of the jar's; null for the jar's
 * @param joue the parties it plays; a party left out is a real one, which is waited for
 * @param patience how long a step may take before it is said not to have held
 * @param url the REST door; by default that of this very hub
 * @param sftp the SFTP door
 * @param si the legacy IT's key
 * @param lecture a key that reads every dossier
 * @param oc the OCs that play, by code
 */
@ConfigurationProperties("hub.bacasable")
public record BacASableProperties(
        @DefaultValue("false") boolean actif,
        @DefaultValue("10s") Duration rythme,
        @DefaultValue("200") int max,
        @DefaultValue("2s") Duration pas,
        @DefaultValue("0") int marches,
        Path scenarios,
        @DefaultValue({"OC", "SI"}) Set<Cote> joue,
        @DefaultValue("2m") Duration patience,
        URI url,
        @DefaultValue Sftp sftp,
        @DefaultValue("demo-si") String si,
        @DefaultValue("demo-oi") String lecture,
        Map<String, Oc> oc) {

    /**
     * The SFTP door.
     *
     * @param port by default that of this very hub
     */
    public record Sftp(@DefaultValue("127.0.0.1") String hote, Integer port) {}

    /**
     * An OC's account.
     *
     * @param courriel its mail address, if it lives by mail: it plays where the hub's mail server is ours
     */
    public record Oc(String utilisateur, String motDePasse, String courriel) {}

    public BacASableProperties {
        oc = oc == null || oc.isEmpty()
                ? Map.of(
                        "OCXA", new Oc("ocxa", "demo-ocxa", null),
                        "OCXB", new Oc("ocxb", "demo-ocxb", null),
                        "OCXC", new Oc("ocxc", "demo-ocxc", "ocxc@oc.test"))
                : Map.copyOf(oc);
    }
}
