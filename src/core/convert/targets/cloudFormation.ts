import { pascalCase } from '../names';
import { inTemplate, storedPrompt } from '../storedPrompt';
import { yamlText } from '../../text/yamlText';
import { fileOf } from './target';

/** A CloudFormation template with one `AWS::Bedrock::Prompt`. */
export const cloudFormation = fileOf('yaml', '.template.yaml', (draft) => {
  const prompt = storedPrompt(draft);
  const resource = { Type: 'AWS::Bedrock::Prompt', Properties: inTemplate(prompt) };
  return yamlText({
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: { [pascalCase(String(prompt['name']), 'Prompt')]: resource },
  });
});
