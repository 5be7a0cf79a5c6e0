package io.github.camelonedrive;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to do about a failure: which kinds of action help, and what to know for them. How the program is told to act is not said
 * here, but by {@link RemedyWords}.
 *
 * @param advice  what to click at Microsoft's or to do on this machine, in whole sentences; may be empty
 * @param actions in the order in which they are to be done; may be empty
 * @param about   what the actions are about: as a rule the destination's name, empty where it is not known
 */
public record Remedy(String advice, List<RemedyAction> actions, List<String> about) implements Serializable {

    private static final long serialVersionUID = 1L;

    public Remedy {
        actions = List.copyOf(actions);
        about = List.copyOf(about);
    }

    /** A remedy with one action. */
    public static Remedy of(String advice, RemedyAction action, String... about) {
        return new Remedy(advice, List.of(action), List.of(about));
    }

    /** A remedy that is all said by its text; empty when there is nothing to do. */
    public static Remedy of(String advice) {
        return new Remedy(advice, List.of(), List.of());
    }

    /** The same, with sentences before it. */
    public Remedy after(String first) {
        return new Remedy(joined(Stream.of(first, advice)), actions, about);
    }

    /** In neutral words. */
    public String text() {
        return text(RemedyWords.NEUTRAL);
    }

    /** In the words of a program. */
    public String text(RemedyWords words) {
        return joined(Stream.concat(Stream.of(advice), actions.stream().filter(RemedyAction::isOfTheProgram)
                .map(action -> words.sentence(action, about))));
    }

    private static String joined(Stream<String> sentences) {
        return sentences.filter(sentence -> !sentence.isEmpty()).collect(Collectors.joining(" "));
    }
}
