package io.github.camelonedrive.springboot;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.apache.camel.support.PluginHelper;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import io.github.camelonedrive.component.OneDriveComponent;

/**
 * Sets the properties {@code camel.component.onedrive.*} on every {@link OneDriveComponent} of the Camel context. Switched off
 * by {@code camel.component.onedrive.enabled=false}, or, for the properties only, by
 * {@code camel.component.onedrive.customizer.enabled=false}, as with Camel's own starters.
 */
@AutoConfiguration(after = { CamelAutoConfiguration.class, OneDriveBeanConverter.class })
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@ConditionalOnHierarchicalProperties({ "camel.component", "camel.component.onedrive" })
@EnableConfigurationProperties({ ComponentConfigurationProperties.class, OneDriveComponentConfiguration.class })
public class OneDriveComponentAutoConfiguration {

    /**
     * @param  applicationContext is asked whether the properties are to be applied
     * @param  properties         what is set
     * @return                    what sets it on a component before the first endpoint is made
     */
    @Lazy
    @Bean
    public ComponentCustomizer configureOneDriveComponent(ApplicationContext applicationContext,
                                                          OneDriveComponentConfiguration properties) {
        return new ComponentCustomizer() {
            @Override
            public void configure(String name, Component target) {
                CamelContext camelContext = target.getCamelContext();
                // A property that the component does not have is an error here, and not silently nothing.
                CamelPropertiesHelper.setCamelProperties(camelContext, target, given(camelContext, properties), true);
            }

            @Override
            public boolean isEnabled(String name, Component target) {
                return target instanceof OneDriveComponent && HierarchicalPropertiesEvaluator.evaluate(applicationContext,
                        "camel.component.customizer", "camel.component.onedrive.customizer");
            }
        };
    }

    /** What was set; {@code enabled} and the customizer's properties are for Spring Boot and not for the component. */
    private static Map<String, Object> given(CamelContext camelContext, OneDriveComponentConfiguration properties) {
        Map<String, Object> given = new LinkedHashMap<>();
        PluginHelper.getBeanIntrospection(camelContext).getProperties(properties, given, null, false);
        given.remove("enabled");
        given.remove("customizer");
        return given;
    }

    /** Where there is an actuator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SanitizingFunction.class)
    static class Actuator {

        /** Also where {@code management.endpoint.….show-values} shows all others. */
        @Bean
        SanitizingFunction onedriveSecretsAreNotShown() {
            return new OneDriveSecretMask();
        }
    }
}
