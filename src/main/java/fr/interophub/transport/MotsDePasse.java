package fr.interophub.transport;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Verifies passwords against their slow hashes, and remembers those that were right: an OC that comes back every minute,
 * or five hundred times at once, pays for the slow hash once and does not keep the others waiting. What is remembered is a
 * keyed print that dies with the process; a changed password changes its hash, hence its print.
 */
public final class MotsDePasse {

    private static final int REMEMBERED = 10_000;
    private static final String HMAC = "HmacSHA256";

    private final PasswordEncoder encoder;
    /** Keyed, and never used but for its clones. */
    private final Mac keyed;

    private final Set<String> right =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            }));

    public MotsDePasse(PasswordEncoder encoder) {
        this.encoder = encoder;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        try {
            this.keyed = Mac.getInstance(HMAC);
            keyed.init(new SecretKeySpec(random, HMAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean matches(String sent, String hash) {
        String print = print(sent, hash);
        if (right.contains(print)) {
            return true;
        }
        boolean matches = encoder.matches(sent, hash);
        if (matches) {
            right.add(print);
        }
        return matches;
    }

    private String print(String sent, String hash) {
        try {
            Mac mac = (Mac) keyed.clone();
            mac.update(hash.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getEncoder().encodeToString(mac.doFinal(sent.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
