package io.github.camelonedrive.backup.trouble;

/** What is in trouble. */
public sealed interface Subject {

    /** The program as a whole; its troubles concern every watch. */
    Subject PROGRAM = new Program();

    /** How log lines begin that are about it. */
    String title();

    /** A watched directory. */
    record Watch(String name) implements Subject {

        @Override
        public String title() {
            return name;
        }
    }

    /** A destination of the vault; its troubles concern the watches that send there. */
    record Destination(String name) implements Subject {

        @Override
        public String title() {
            return "Destination " + name;
        }
    }

    /** The program as a whole. */
    record Program() implements Subject {

        @Override
        public String title() {
            return "OneDrive Backup";
        }
    }
}
