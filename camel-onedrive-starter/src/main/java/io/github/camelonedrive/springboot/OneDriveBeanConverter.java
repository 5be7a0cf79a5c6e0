package io.github.camelonedrive.springboot;

import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;

/** Finds the bean that a property names, for the options that only a bean can be: {@code #name} or {@code #bean:name}. */
@Configuration(proxyBeanMethods = false)
@ConfigurationPropertiesBinding
public class OneDriveBeanConverter implements GenericConverter {

    private final BeanFactory beans;

    /** @param beans where the names are looked up */
    public OneDriveBeanConverter(@Lazy BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return OneDriveBeanTypes.ALL.stream().map(type -> new ConvertiblePair(String.class, type)).collect(Collectors.toSet());
    }

    /**
     * @throws IllegalArgumentException when it is not the name of a bean
     */
    @Override
    public Object convert(Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
        if (source == null || source.toString().isBlank()) {
            return null;
        }
        String name = source.toString().strip();
        if (!name.startsWith("#")) {
            throw new IllegalArgumentException("'" + name + "' is not the name of a bean. Write #" + name + ", and have a bean "
                    + "of the type " + targetType.getType().getName() + " by that name.");
        }
        return beans.getBean(name.startsWith("#bean:") ? name.substring("#bean:".length()) : name.substring(1),
                targetType.getType());
    }
}
