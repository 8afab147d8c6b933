package fr.interophub;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says on a room's {@code package-info} which other rooms it may know; the build holds it to that. */
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Room {

    /** The rooms it may know, by the name of their package. */
    String[] mayKnow() default {};
}
