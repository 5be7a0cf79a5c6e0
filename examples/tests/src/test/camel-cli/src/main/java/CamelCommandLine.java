import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** As JBang starts it. */
public class CamelCommandLine {

    public static void main(String[] args) {
        CamelJBangMain.run(args);
    }
}
