import { keptByTerraform } from './terraform-text';

/**
 * Text as a Terraform string that stands for exactly this text. Terraform reads `${…}` and `%{…}` in every string as templates, unless the
 * first character is doubled.
 */
export function terraformLiteral(text: string): string {
  return keptByTerraform('text for Terraform', text).replace(/[$%](?=\{)/g, (character) => character + character);
}
